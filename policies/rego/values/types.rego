# Type guards. Rego orders values across types (null < true < 0 < ""), so every comparison stands behind one of these.
package ambit

# A number that every reading holds exactly: an integer of at most 2^53-1 in magnitude.
safe_integer(value) if {
	is_number(value)
	value >= -9007199254740991
	value <= 9007199254740991
	value == floor(value)
}

all_integers(values) if {
	is_array(values)
	every value in values { safe_integer(value) }
}

all_strings(values) if {
	is_array(values)
	every value in values { is_string(value) }
}

all_lists(values) if {
	is_array(values)
	every value in values { all_strings(value) }
}
