//! The stage ranks as the host does: the same scores give the same rows.

use plaudit_core::board::{Cell, rank};
use plaudit_sdk::prelude::*;
use plaudit_sdk::testing::Play;
use proptest::prelude::*;

struct Race;

fn board() -> Board {
    let board = Board::new("race").sum("calls", 1.0).mean("csat", 2.0).sum("hours", 0.0).max("best", 0.0);
    board
        .last("latest", 0.0)
        .per("hours")
        .at_least("csat", 2.0)
        .at_most("best", 3.0)
        .or_nothing()
        .tie_lowest("latest")
        .tie("best")
}

impl Rule for Race {
    type Settings = ();
    type State = ();
    const NAME: &'static str = "race";

    fn plan(_: &()) -> Plan {
        let plan = Plan::per_agent().board(board());
        ["c0", "c1", "c2", "c3", "c4"].into_iter().fold(plan, Plan::metric)
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<()>) {
        for column in 0..5 {
            if let Some((value, weight)) = event.ratio(column) {
                cx.score_weighted(0, column as u32, value, weight);
            }
        }
    }
}

proptest! {
    #[test]
    fn the_stage_ranks_as_the_host_does(
        scores in prop::collection::vec((0usize..4, 0usize..5, 0u8..5, 0u8..3), 0..40),
    ) {
        let names = ["c0", "c1", "c2", "c3", "c4"];
        let ids = ["ana", "ben", "cleo", "dan"];
        let mut play = Play::<Race>::new("{}");
        let mut cells = vec![vec![Cell::default(); 5]; 4];
        for id in ids {
            play.agent(id);
        }
        for (who, column, value, weight) in scores {
            let (value, weight) = (f64::from(value), f64::from(weight));
            play.ratios(ids[who], &[(names[column], value, weight)]);
            cells[who][column].add(value, weight);
        }
        let plan = plaudit_sdk::plan_json::<Race>("{}").expect("no settings are right");
        let plan: plaudit_core::rule::Plan = serde_json::from_str(&plan).expect("the host reads the plan");
        let rows: Vec<_> = (0u32..).zip(cells).collect();
        let wanted = rank(&plan.boards[0], &rows);
        let wanted: Vec<_> = wanted.iter().map(|s| (ids[s.entrant as usize].to_string(), s.rank, s.value.to_bits())).collect();
        let got: Vec<_> = play.standings(0).into_iter().map(|(id, rank, value)| (id, rank, value.to_bits())).collect();
        prop_assert_eq!(got, wanted);
    }
}
