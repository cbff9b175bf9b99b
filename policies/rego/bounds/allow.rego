# `effects/<e>/allow/<field>`: every operator written for the field holds.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.allow
	every operator in bound.operators { holds(bound, operator) }
}

holds(bound, operator) if {
	operator.op == "oneOf"
	listed(operator.values, scalar(bound))
}

holds(bound, operator) if {
	operator.op == "noneOf"
	unlisted(operator.values, scalar(bound))
}

holds(bound, operator) if {
	operator.op == "equals"
	scalar(bound) == operator.value
}

holds(bound, operator) if {
	operator.op == "under"
	some ancestor in name(bound).under
	operator.values.texts[ancestor]
}

holds(bound, operator) if {
	operator.op == "noneUnder"
	value := name(bound)
	texts := operator.values.texts
	apart(value.under, texts)
}

holds(bound, operator) if {
	operator.op == "producedBy"
	scalar(bound) in results(operator)
}
