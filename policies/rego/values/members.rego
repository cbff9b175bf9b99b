# Membership in the values that an envelope lists (strings as the keys of a map, numbers and booleans as a list) and in the
# results that the session produced. What is not listed is confirmed as such: lists of another type say nothing.
package ambit

listed(values, value) if {
	is_string(value)
	values.texts[value]
}

listed(values, value) if {
	is_number(value)
	value in values.numbers
}

unlisted(values, value) if {
	is_string(value)
	values.texts
	not values.texts[value]
}

unlisted(values, value) if {
	is_number(value)
	values.numbers
	not value in values.numbers
}

unlisted(values, value) if {
	is_boolean(value)
	values.booleans
	not value in values.booleans
}

overlaps(ancestors, texts) if {
	some ancestor in ancestors
	texts[ancestor]
}

# A rule of its own: one implementation of Rego takes a `not` in the body of `every` for true.
apart(ancestors, texts) if not overlaps(ancestors, texts)

results(operator) := list if {
	operator.element == "number"
	list := input.state.produced[operator.fact]
	all_integers(list)
}

results(operator) := list if {
	operator.element == "text"
	list := input.state.produced[operator.fact]
	all_strings(list)
}
