/** Rules that the tests play. */
import {
	badge,
	board,
	defineRule,
	group,
	list,
	number,
	points,
	prize,
	problem,
	text,
	thanks,
	to,
	whole,
} from "../src/index.ts";

/** A badge for good ratings in a row. */
export const streak = defineRule({
	name: "streak",
	settings: {
		good: number({ title: "Good is at least", default: 4, min: 1, max: 5 }),
		length: whole({ title: "How many in a row", default: 3, min: 2, max: 100 }),
	},
	state: () => ({ run: 0 }),
	plan: () => ({ per: "agent", metrics: ["csat"] }),
	onEvent(state, event, cx) {
		state.run = (event.metric("csat") ?? 0) >= cx.settings.good ? state.run + 1 : 0;
		if (state.run === cx.settings.length) cx.award(badge("streak"), { with: { n: state.run } });
	},
});

/** A ranking of calls with a quality guard, a cake for the best, a draw and an instant win. */
export const contest = defineRule({
	name: "contest",
	settings: {
		prizes: list(group({ thing: text({ title: "Thing" }), from: whole({ title: "From rank", min: 1 }) }), {
			title: "Prizes",
			itemsMin: 1,
			default: [{ thing: "cake", from: 1 }],
		}),
	},
	plan: () => ({
		per: "agent",
		metrics: ["calls", "csat"],
		attributes: ["queue"],
		boards: [board("ranking").sum("calls").mean("csat", 0).atLeast("csat", 4).tie("csat")],
		draws: { evening: "weighted" },
		chances: ["box"],
		quotas: { early: { perPeriod: 1, decided: "at-close" } },
	}),
	check: ({ prizes }) =>
		prizes.flatMap(({ from }, i) =>
			i > 0 && from <= (prizes[i - 1]?.from ?? 0) ? [problem(`/prizes/${i}/from`, "has to rise")] : [],
		),
	onEvent(_, event, cx) {
		const rating = event.ratio("csat");
		if (rating) cx.score("ranking", "csat", rating.value, rating.weight);
		if (!event.has("calls")) return;
		cx.score("ranking", "calls", event.metric("calls") ?? 0);
		cx.tickets("evening", 1);
		cx.award(points("early", "points", 10));
		cx.tryChance("box", { of: 20 }, prize("box", "sweets"), { perEntity: true });
		if (event.attribute("queue") === "hard") cx.praise(thanks("hard"), { perEntity: true });
	},
	conclude(close) {
		for (const row of close.ranked("ranking").slice(0, 1)) {
			close.award(to.agent(row.id), prize("first", close.settings.prizes[0]?.thing ?? ""));
		}
		close.draw("evening", [{ winners: 1, what: prize("evening", "voucher") }]);
		close.setShared({ closed: close.shared({ closed: 0 }).closed + 1 });
	},
});
