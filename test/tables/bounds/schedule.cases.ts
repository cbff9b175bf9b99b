import { runTable } from "../run.ts";

const local = (day: unknown, minute: unknown, date: unknown = "2024-02-15") => ({
  state: { local: { "America/New_York": { day, minute, date } } },
});
const deny = "deny effects/act/schedule";

runTable("schedule: trading hours but on closed dates", {
  effect: {
    schedule: {
      timezone: "America/New_York",
      windows: [
        { days: ["mon", "thu"], from: "09:30", until: "16:00" },
        { days: ["thu"], from: "20:00", until: "24:00" },
      ],
      except: ["2024-12-25"],
    },
  },
  cases: [
    { given: "a minute before opening", ...local("thu", 569), want: deny },
    { given: "at opening", ...local("thu", 570), want: "allow" },
    { given: "a minute before closing", ...local("thu", 959), want: "allow" },
    { given: "at closing", ...local("thu", 960), want: deny },
    { given: "the last minute of the day", ...local("thu", 1439), want: "allow" },
    { given: "24:00 is another day", ...local("thu", 1440), want: deny },
    { given: "the other day has no evening", ...local("mon", 1439), want: deny },
    { given: "another day", ...local("fri", 600), want: deny },
    { given: "a closed date", ...local("thu", 600, "2024-12-25"), want: deny },
    { given: "no date", ...local("thu", 600, null), want: deny },
    { given: "a date in another type", ...local("thu", 600, 20241226), want: deny },
    { given: "another case", ...local("Thu", 600), want: deny },
    { given: "a member of every object for a day", ...local("constructor", 600), want: deny },
    { given: "a list of days", ...local(["thu"], 600), want: deny },
    { given: "no minute", ...local("thu", undefined), want: deny },
    { given: "a minute as text", ...local("thu", "600"), want: deny },
    { given: "half a minute", ...local("thu", 600.5), want: deny },
    { given: "a negative minute", ...local("thu", -1), want: deny },
    { given: "another zone", state: { local: { UTC: { day: "thu", minute: 600, date: "2024-02-15" } } }, want: deny },
    { given: "no local times", state: { local: undefined }, want: deny },
    { given: "the zone as a list", state: { local: { "America/New_York": ["thu", 600] } }, want: deny },
  ],
});

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

runTable("schedule: every day of the week", {
  effect: { schedule: { timezone: "America/New_York", windows: [{ days: [...week], from: "09:00", until: "10:00" }] } },
  cases: week.flatMap((day) => [
    { given: `${day}, inside`, ...local(day, 540), want: "allow" },
    { given: `${day}, at closing`, ...local(day, 600), want: deny },
  ]),
});

runTable("schedule: without exceptions no date is needed", {
  effect: { schedule: { timezone: "America/New_York", windows: [{ days: ["thu"], from: "00:00", until: "24:00" }] } },
  cases: [
    { given: "no date", ...local("thu", 0, null), want: "allow" },
    { given: "the first minute", ...local("thu", 0), want: "allow" },
  ],
});
