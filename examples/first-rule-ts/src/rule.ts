/** A badge for calls that customers rated well in a row. */
import { badge, defineRule, number, whole } from "@plaudit/sdk";

export default defineRule({
	name: "first-rule-ts",
	settings: {
		good: number({ title: "The rating from which on a call is good", default: 4, min: 1, max: 5 }),
		length: whole({ title: "How many in a row", default: 5, min: 2, max: 100 }),
	},
	state: () => ({ run: 0 }),
	plan: () => ({ per: "agent", metrics: ["csat"] }),
	onEvent(state, event, cx) {
		const rating = event.metric("csat");
		state.run = rating !== undefined && rating >= cx.settings.good ? state.run + 1 : 0;
		if (state.run === cx.settings.length) cx.award(badge("streak"), { with: { n: state.run } });
	},
});
