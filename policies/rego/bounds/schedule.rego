# `effects/<e>/schedule`: local weekday and minute lie in a window, and the local date is not excepted.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.schedule
	local := input.state.local[bound.timezone]
	safe_integer(local.minute)
	some window in bound.windows[local.day]
	window[0] <= local.minute
	local.minute < window[1]
	open(bound, local)
}

open(bound, _) if not bound.except

open(bound, local) if {
	is_string(local.date)
	not bound.except[local.date]
}
