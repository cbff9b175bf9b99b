# `effects/<e>/approval`: enough people approved, or no condition of `when` calls for them.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.approval
	approved(bound)
}

satisfied contains bound.id if {
	some bound in effect.bounds.approval
	count(bound.when) > 0
	every condition in bound.when { clear(condition) }
}

# The condition was compared and does not match.
clear(condition) if {
	condition.op == "min"
	extremes(condition).max < condition.value
}

clear(condition) if {
	condition.op == "max"
	extremes(condition).min > condition.value
}

clear(condition) if {
	condition.op == "oneOf"
	unlisted(condition.values, scalar(condition))
}

clear(condition) if {
	condition.op == "equals"
	scalar(condition) != condition.value
}
