# The operators of `effects/<e>/allow/<field>` that judge a set: all of its elements, or how many there are.
package ambit

holds(bound, operator) if {
	operator.op == "subsetOf"
	every item in collection(bound).items { listed(operator.values, item) }
}

holds(bound, operator) if {
	operator.op == "disjointFrom"
	every item in collection(bound).items { unlisted(operator.values, item) }
}

holds(bound, operator) if {
	operator.op == "minItems"
	collection(bound).count >= operator.value
}

holds(bound, operator) if {
	operator.op == "maxItems"
	collection(bound).count <= operator.value
}

holds(bound, operator) if {
	operator.op == "producedBy"
	items := collection(bound).items
	produced := results(operator)
	known := {result | some result in produced}
	every item in items { known[item] }
}

# Slots 0 … count-1, of which there are at most 32: another reading has no quantifiers.
holds(bound, operator) if {
	operator.op == "under"
	value := ancestries(bound)
	value.count <= 32
	value.count <= count(value.under)
	every ancestors in array.slice(value.under, 0, value.count) { overlaps(ancestors, operator.values.texts) }
}

holds(bound, operator) if {
	operator.op == "noneUnder"
	texts := operator.values.texts
	every ancestors in ancestries(bound).under { apart(ancestors, texts) }
}
