# Numbers that the state layer counts.
package ambit

now := input.now if safe_integer(input.now)

# How long ago a moment was, in milliseconds; undefined for one that is missing or still to come.
elapsed(moment) := now - moment if {
	safe_integer(moment)
	moment <= now
}

# Distinct valid approvals of this very proposal that lift the bound.
approved(bound) if {
	count_of_keys := input.state.approvals[bound.id]
	safe_integer(count_of_keys)
	count_of_keys >= bound.keys
}

# Whether a meter has room for what the call adds; compared, never added up.
has_room(bound) if {
	used := input.state.meters[bound.id]
	safe_integer(used)
	used >= 0
	used <= bound.max
	added := cost(bound.cost)
	added >= 0
	added <= bound.max - used
}

cost(source) := source.constant

cost(source) := value if {
	value := input.fields[source.field]
	safe_integer(value)
}
