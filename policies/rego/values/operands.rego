# The value of a decoded field, if it has the shape that the envelope declares.
package ambit

# Numbers, booleans and strings as they are, a name without its ancestors.
scalar(operand) := value if {
	operand.shape == "number"
	value := input.fields[operand.field]
	safe_integer(value)
}

scalar(operand) := value if {
	operand.shape == "boolean"
	value := input.fields[operand.field]
	is_boolean(value)
}

scalar(operand) := value if {
	operand.shape == "text"
	value := input.fields[operand.field]
	is_string(value)
}

scalar(operand) := name(operand).value

# {"value", "under"}: host, email, path, ip, cidr.
name(operand) := value if {
	operand.shape == "name"
	value := input.fields[operand.field]
	is_string(value.value)
	all_strings(value.under)
}

# {"count", "items"}, the items of the type that the envelope declares.
collection(operand) := value if {
	value := input.fields[operand.field]
	safe_integer(value.count)
	value.count >= 0
	collects(operand.shape, value.items)
}

collects("numberSet", items) if all_integers(items)

collects("textSet", items) if all_strings(items)

collects("nameSet", items) if all_strings(items)

# A set of names with the ancestors of each item.
ancestries(operand) := value if {
	value := collection(operand)
	operand.shape == "nameSet"
	all_lists(value.under)
}

# The smallest and the largest that a number field stands for.
extremes(operand) := {"min": value, "max": value} if {
	operand.shape == "number"
	value := input.fields[operand.field]
	safe_integer(value)
}

extremes(operand) := value if {
	operand.shape == "range"
	value := input.fields[operand.field]
	safe_integer(value.min)
	safe_integer(value.max)
}
