# `effects/<e>/relations/<i>`: the relation holds between two fields of one shape.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.relations
	left := comparable({"field": bound.left, "shape": bound.shape})
	right := comparable({"field": bound.right, "shape": bound.shape})
	related(bound.op, left, right)
}

# Names compare by value, sets by their items.
comparable(operand) := scalar(operand)

comparable(operand) := {item | some item in items} if items := collection(operand).items

related("==", left, right) if left == right

related("!=", left, right) if left != right

related("<", left, right) if {
	is_number(left)
	is_number(right)
	left < right
}

related("<=", left, right) if {
	is_number(left)
	is_number(right)
	left <= right
}
