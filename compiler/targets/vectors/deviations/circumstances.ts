/** The rows that judge when and after what a call comes, with what reason, and which fields stand together. */
import { ends, sample } from "../candidates/sample.ts";
import { strangerTo } from "../candidates/texts.ts";
import { type Change, missing } from "../change.ts";
import { at, type Deviate, spoilt, steps } from "./deviation.ts";
import { spoiltOperand } from "./operand.ts";
import { ages } from "./session.ts";

export const rows: Deviate<"rows"> = (bound, { request }) => {
  const path = ["fields", bound.field];
  const listed = Object.keys(bound.oneOf);
  return [
    ...ends(listed).map((value, index) => at(index === 0 ? "the first row" : "the last row", { path, value })),
    at("another row", { path, value: strangerTo(listed) }),
    ...spoiltOperand({ field: bound.field, shape: "text" }, request),
  ];
};

export const after: Deviate<"after"> = ({ effect, within }, site) =>
  ages("age", ["state", "last", effect], within, site);

export const justification: Deviate<"justification"> = () => [
  at("none", { path: ["justified"], value: false }),
  ...spoilt("justified", ["justified"], "boolean"),
];

const mostWindows = 8;

export const schedule: Deviate<"schedule"> = ({ timezone, windows, except }) => {
  const local = ["state", "local", timezone];
  const time = (day: string, minute: number): readonly Change[] => [
    { path: [...local, "day"], value: day },
    { path: [...local, "minute"], value: minute },
  ];
  const edges = Object.entries(windows)
    .flatMap(([day, list]) => list.map(([from, until]) => ({ day, from, until })))
    .slice(0, mostWindows)
    .flatMap(({ day, from, until }, index) =>
      (
        [
          ["from", from],
          ["until", until],
        ] as const
      ).flatMap(([edge, limit]) =>
        steps.map(({ sign, by }) => at(`window ${index + 1} (${day}) ${edge}${sign}`, ...time(day, limit + by))),
      ),
    );
  const closed = sample(week.filter((day) => !Object.hasOwn(windows, day))).map((day) =>
    at(`closed on ${day}`, { path: [...local, "day"], value: day }),
  );
  const excepted = ends(Object.keys(except ?? {})).map((date) =>
    at(`excepted on ${date}`, { path: [...local, "date"], value: date }),
  );
  return [
    ...edges,
    ...closed,
    ...excepted,
    ...spoilt("day", [...local, "day"], "text"),
    ...spoilt("minute", [...local, "minute"], "number"),
    ...(except === undefined
      ? [at("date missing, needless", { path: [...local, "date"], value: missing })]
      : spoilt("date", [...local, "date"], "text")),
    ...spoilt("local time", local, "record"),
  ];
};

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
