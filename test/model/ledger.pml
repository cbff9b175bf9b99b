/*
 * Two gateways share one session's ledger in a store that loses requests, loses answers, and writes late (SPEC §7, §8).
 *
 * A record is appended after the record that its gateway knows to be the last: one compare-and-set. Each gateway decides on its own
 * folded copy and on nothing else, refreshes it after a lost race and after a failure, and loses it when it crashes. What a gateway
 * asks for is any entry that its copy accepts, at any time: every order of calls of any callers is among that. A token can be
 * presented by anyone, anywhere, any number of times.
 *
 * Of the ledger are kept its length and its fold, which are all that a record has to follow: in a chain that is never rewritten the
 * number of a record names it, so numbers stand for hashes, and whoever reads the ledger folds it to the same copy. A request whose
 * predecessor is not the end any more will never be written, so it is lost at once, whenever its answer arrives.
 *
 * Each reservation is of 1. Nothing bounds the faults, unless FAULTS is defined: then there are at most so many.
 * A flag in upper case that begins with NO_ takes one guard away.
 */
#ifndef BUDGET
#define BUDGET 2
#endif
#ifndef PROPOSALS
#define PROPOSALS 3 /* allows in the session */
#endif
#ifndef LAST
#define LAST 2 /* the clock ends here */
#endif
#define LIFETIME 1 /* of a token, in ticks of the clock */
#define LENGTH (3 * PROPOSALS + 1)
#define NOTHING 255

mtype = { decided, consumed, settled, released, kill }; /* records */
mtype = { none, held, redeemed, ended };                  /* reservations */
mtype = { stale, idle, waiting, redeeming };              /* gateways */
mtype = { sent, appended, lost };                         /* requests and their answers */

/* value: when the token expires, or what was spent */
typedef Request { mtype state = none; byte after; mtype type; byte about; byte value; byte at }
typedef Copy { byte length; byte count; short sum; bool killed; mtype reservation[PROPOSALS] = none; byte expires[PROPOSALS] }

byte clock;
Copy ledger;
Request call[2];  /* someone waits for the answer */
Request stray[2]; /* nobody does any more, and it is still under way */

/* What is so, whatever anyone believes: no guard of the gateways looks at it. */
byte count;
bool killed_stands;
byte redeemed_times[PROPOSALS];
byte ended_times[PROPOSALS];
byte cost[PROPOSALS];
byte expires[PROPOSALS];
byte ran[PROPOSALS];

hidden byte within_budget, consumed_once, nothing_after_kill, within_lifetime, consumed_before_effect;
hidden byte i;
hidden byte total;

#ifdef FAULTS
byte faults = FAULTS;
#define FAULT faults > 0
#define COUNT_FAULT faults--
#else
#define FAULT true
#define COUNT_FAULT skip
#endif

/* With -DONLY=NAME, that promise alone is looked at. */
#define WITHIN_BUDGET 1
#define CONSUMED_ONCE 2
#define NOTHING_AFTER_KILL 3
#define WITHIN_LIFETIME 4
#define CONSUMED_BEFORE_EFFECT 5
#ifndef ONLY
#define MUST(number, promise) assert(promise)
#else
#define MUST(number, promise) assert(number != ONLY || promise)
#endif

/* The guards. */
#if defined(NO_CAS)
#define FOLLOWS(q) true
#elif defined(NO_CAS_OF_DECIDED)
#define FOLLOWS(q) (q.type == decided || q.after == ledger.length)
#else
#define FOLLOWS(q) (q.after == ledger.length)
#endif
#ifdef NO_BUDGET
#define FITS true
#else
#define FITS copy.sum + 1 <= BUDGET
#endif
#ifdef NO_CONSUMED
#define REDEEMABLE(r) (copy.reservation[r] == held || copy.reservation[r] == redeemed)
#else
#define REDEEMABLE(r) copy.reservation[r] == held
#endif
#ifdef NO_KILL
#define RUNNING true
#else
#define RUNNING !copy.killed
#endif
#ifdef NO_EXPIRY_OF_TOKEN
#define GOOD(r) true
#else
#define GOOD(r) clock < copy.expires[r]
#endif
#ifdef NO_EXPIRY_OF_RELEASE
#define EXPIRED(r) true
#else
#define EXPIRED(r) clock >= copy.expires[r]
#endif
#ifdef NO_UNREDEEMED
#define UNREDEEMED(r) (copy.reservation[r] == held || copy.reservation[r] == redeemed)
#else
#define UNREDEEMED(r) copy.reservation[r] == held
#endif
#ifdef NO_LIMIT_OF_ACTUAL
#define MOST 2
#else
#define MOST 1
#endif
#ifdef NO_REFRESH
#define LOST phase = idle
#else
#define LOST become_stale()
#endif

/* The fold: the next record of a ledger, taken into a copy of it. */
inline take(copy_, kind, which, amount) {
  if
  :: kind == decided ->
    copy_.reservation[copy_.count] = held; copy_.expires[copy_.count] = amount; copy_.count++; copy_.sum++
  :: kind == consumed -> copy_.reservation[which] = redeemed
  :: kind == settled -> copy_.reservation[which] = ended; copy_.sum = copy_.sum - 1 + amount
  :: kind == released -> copy_.reservation[which] = ended; copy_.sum--
  :: kind == kill -> copy_.killed = true
  fi;
  copy_.length++
}

/* What must be so of a record that is written. */
inline look_at(q) {
  if
  :: q.type == decided -> cost[count] = 1; expires[count] = q.value; count++
  :: q.type == consumed ->
    consumed_once = redeemed_times[q.about] == 0 && ended_times[q.about] == 0;
    MUST(CONSUMED_ONCE, consumed_once);
    nothing_after_kill = !killed_stands;
    MUST(NOTHING_AFTER_KILL, nothing_after_kill);
    within_lifetime = q.at < expires[q.about];
    MUST(WITHIN_LIFETIME, within_lifetime);
    redeemed_times[q.about] = 1
  :: q.type == settled -> cost[q.about] = q.value; ended_times[q.about] = 1
  :: q.type == released ->
    within_lifetime = q.at >= expires[q.about];
    MUST(WITHIN_LIFETIME, within_lifetime);
    if :: redeemed_times[q.about] == 0 -> cost[q.about] = 0 :: else fi;
    ended_times[q.about] = 1
  :: q.type == kill -> killed_stands = true
  fi;
  total = 0;
  for (i : 0 .. PROPOSALS - 1) { total = total + cost[i] }
  within_budget = total <= BUDGET;
  MUST(WITHIN_BUDGET, within_budget)
}

inline forget(q) { q.state = none; q.after = 0; q.type = 0; q.about = 0; q.value = 0; q.at = 0 }

/* The store: a record is written if and only if the ledger ends where its writer saw the end. */
inline deliver(q) {
  if
  :: FOLLOWS(q) && ledger.length < LENGTH && !(q.type == decided && count == PROPOSALS) ->
    look_at(q);
    take(ledger, q.type, q.about, q.value);
    q.state = appended;
    for (i : 0 .. 1) {
      if :: call[i].state == sent && !FOLLOWS(call[i]) -> forget(call[i]); call[i].state = lost :: else fi;
      if :: stray[i].state == sent && !FOLLOWS(stray[i]) -> forget(stray[i]) :: else fi
    }
  :: else -> forget(q); q.state = lost
  fi
}

proctype Store() {
end:
  do
  :: d_step { call[0].state == sent -> deliver(call[0]) }
  :: d_step { call[1].state == sent -> deliver(call[1]) }
  :: d_step { stray[0].state == sent -> deliver(stray[0]); forget(stray[0]) }
  :: d_step { stray[1].state == sent -> deliver(stray[1]); forget(stray[1]) }
  :: d_step { clock < LAST -> clock++ }
  od
}

inline ask(kind, which, amount) {
  call[g].after = copy.length; call[g].type = kind; call[g].about = which; call[g].value = amount; call[g].at = clock;
  call[g].state = sent; phase = waiting;
  if :: !FOLLOWS(call[g]) -> forget(call[g]); call[g].state = lost :: else fi
}

inline execute(r) {
  consumed_before_effect = redeemed_times[r] > 0 && ran[r] == 0;
  MUST(CONSUMED_BEFORE_EFFECT, consumed_before_effect);
  ran[r] = 1
}

#ifdef NO_CONSUMED_BEFORE_EFFECT
#define BEFORE(r) execute(r)
#define AFTER skip
#else
#define BEFORE(r) skip
#define AFTER execute(effect)
#endif

#ifdef NO_RELEASE
#define SWEEPS false
#else
#define SWEEPS true
#endif
#ifdef NO_RECOVERY
#define RECOVERS false
#else
#define RECOVERS true
#endif

#define OF(r) \
  :: d_step { phase == idle && REDEEMABLE(r) && GOOD(r) && RUNNING -> BEFORE(r); ask(consumed, r, 0) } \
  :: d_step { phase == idle && effect == r && copy.reservation[r] == redeemed -> ask(settled, r, 0) } \
  :: d_step { phase == idle && effect == r && copy.reservation[r] == redeemed -> ask(settled, r, MOST) } \
  :: d_step { phase == idle && effect != r && copy.reservation[r] == redeemed && clock >= copy.expires[r] && RECOVERS -> ask(settled, r, 1) } \
  :: d_step { phase == idle && UNREDEEMED(r) && EXPIRED(r) && SWEEPS -> ask(released, r, 0) }

/* What it knew is not looked at again before it is refreshed. */
inline become_stale() {
  for (i : 0 .. PROPOSALS - 1) { copy.reservation[i] = none; copy.expires[i] = 0 }
  copy.length = 0; copy.count = 0; copy.sum = 0; copy.killed = false; phase = stale
}

proctype Gateway(byte g) {
  Copy copy;
  mtype phase = stale;
  byte effect = NOTHING; /* of the reservation that this gateway has redeemed, and not settled */
end:
  do
  :: d_step { phase == stale ->
      copy.length = ledger.length; copy.count = ledger.count; copy.sum = ledger.sum; copy.killed = ledger.killed;
      for (i : 0 .. PROPOSALS - 1) { copy.reservation[i] = ledger.reservation[i]; copy.expires[i] = ledger.expires[i] }
      if :: effect != NOTHING && copy.reservation[effect] == ended -> effect = NOTHING :: else fi;
      phase = idle }
  /* An allow. */
  :: d_step { phase == idle && RUNNING && FITS && copy.count < PROPOSALS && clock + LIFETIME <= LAST ->
      ask(decided, copy.count, clock + LIFETIME) }
  :: d_step { phase == idle && !copy.killed -> ask(kill, 0, 0) }
  OF(0)
#if PROPOSALS > 1
  OF(1)
#endif
#if PROPOSALS > 2
  OF(2)
#endif
#if PROPOSALS > 3
  OF(3)
#endif
  /* The answer arrives. */
  :: d_step { phase == waiting && call[g].state == appended ->
      take(copy, call[g].type, call[g].about, call[g].value);
      phase = idle;
      if
      :: call[g].type == consumed -> effect = call[g].about; phase = redeeming
      :: call[g].type == settled && effect == call[g].about -> effect = NOTHING
      :: else
      fi;
      forget(call[g]) }
  :: d_step { phase == waiting && call[g].state == lost -> forget(call[g]); LOST }
  :: d_step { phase == redeeming -> AFTER; phase = idle }
  /* No answer arrives: the request is lost, or late, or the answer is lost. */
  :: d_step { phase == waiting && FAULT ->
      COUNT_FAULT;
#ifdef NO_CARE_AFTER_FAILURE
      if :: call[g].type == consumed -> effect = call[g].about; phase = redeeming :: else -> become_stale() fi;
#else
      become_stale();
#endif
      forget(call[g]) }
  :: d_step { phase == waiting && call[g].state == sent && stray[g].state == none && FAULT ->
      COUNT_FAULT;
      stray[g].after = call[g].after; stray[g].type = call[g].type; stray[g].about = call[g].about;
      stray[g].value = call[g].value; stray[g].at = call[g].at; stray[g].state = sent;
      forget(call[g]); become_stale() }
  /* A crash: what it had asked for is under way or lost, as above; what it knew is gone. */
  :: d_step { phase != waiting && (phase != stale || effect != NOTHING) && FAULT ->
      COUNT_FAULT;
      become_stale();
      effect = NOTHING }
  od
}

init { atomic { run Gateway(0); run Gateway(1); run Store() } }

#ifdef ENDS
#define OPEN(r) (cost[r] > 0 && ended_times[r] == 0)
ltl reservations_end { [] (OPEN(0) -> <> !OPEN(0)) && [] (OPEN(1) -> <> !OPEN(1)) }
#endif
