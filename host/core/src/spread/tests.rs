use proptest::prelude::*;

use super::*;

fn member(id: &str, team: &str, tenure_days: Option<u32>, share: u32) -> Member {
    Member { subject: Subject::agent(id), team: team.into(), tenure_days, share }
}

fn win(id: &str, period: &str, units: i64) -> Win {
    Win { winner: Subject::agent(id), period: period.into(), currency: Some("points".into()), units }
}

/// Twenty agents: a0 to a9 full time in blue, b0 to b9 half time in green.
fn twenty() -> Vec<Member> {
    let blue = (0..10).map(|n| member(&format!("a{n}"), "blue", Some(n * 200), 1000));
    let green = (0..10).map(|n| member(&format!("b{n}"), "green", None, 500));
    blue.chain(green).collect()
}

#[test]
fn shares_round_half_up_and_are_nothing_of_nothing() {
    let points = |part, of| Share::new(part, of).basis_points;
    assert_eq!(
        [points(1, 3), points(2, 3), points(1, 20_000), points(1, 20_001), points(0, 0), points(7, 7)],
        [3333, 6667, 1, 0, 0, 10_000]
    );
}

#[test]
fn the_top_tenth_is_a_tenth_of_the_audience_rounded_up() {
    let wins = [win("a0", "1", 60), win("a1", "1", 20), win("a2", "1", 10), win("b0", "1", 10)];
    let spread = spread(&twenty(), &wins);
    let value = &spread.value[0];
    assert_eq!((value.top_tenth_members, value.units, value.winners), (2, 100, 4));
    assert_eq!(value.top_tenth, Share::new(80, 100));
    let of_three = super::spread(&twenty()[..3], &wins);
    assert_eq!(of_three.value[0].top_tenth_members, 1);
    assert_eq!(of_three.awards_of_others, 1, "b0 could not win");
}

#[test]
fn who_wins_in_several_periods_is_a_repeat_winner() {
    let wins =
        [win("a0", "1", 5), win("a0", "1", 5), win("a0", "2", 5), win("a1", "2", 5), win("a1", "2", 5)];
    let spread = spread(&twenty(), &wins);
    assert_eq!((spread.awards, spread.periods), (5, 2));
    assert_eq!(spread.winning, Share::new(2, 20));
    assert_eq!(spread.repeat_winners, Share::new(1, 2));
    assert_eq!(spread.winners_by_periods, [(1, 1), (2, 1)]);
}

#[test]
fn bands_begin_where_they_say() {
    let names: Vec<_> = [0, 89, 90, 364, 365, 1094, 1095].map(|days| tenure(Some(days))).to_vec();
    assert_eq!(
        names,
        [
            "new",
            "new",
            "first-year",
            "first-year",
            "one-to-three-years",
            "one-to-three-years",
            "three-years-and-more"
        ]
    );
    assert_eq!(
        [1000, 900, 899, 501, 500, 0].map(hours),
        ["full-time", "full-time", "part-time", "part-time", "half-time-or-less", "half-time-or-less"]
    );
}

#[test]
fn groups_name_audience_winners_and_units() {
    let spread = spread(&twenty(), &[win("a0", "1", 5), win("b0", "1", 7), win("b1", "1", 1)]);
    let groups: Vec<_> =
        spread.by_team.iter().map(|g| (&*g.name, g.audience, g.winning.part, g.units["points"])).collect();
    assert_eq!(groups, [("blue", 10, 1, 5), ("green", 10, 2, 8)]);
    let tenures: Vec<_> = spread.by_tenure.iter().map(|g| (&*g.name, g.audience)).collect();
    assert_eq!(
        tenures,
        [
            ("new", 1),
            ("first-year", 1),
            ("one-to-three-years", 4),
            ("three-years-and-more", 4),
            ("unknown", 10)
        ]
    );
}

#[test]
fn full_timers_who_win_far_more_often_are_hinted_at() {
    let wins: Vec<_> = (0..6).map(|n| win(&format!("a{n}"), "1", 1)).chain([win("b0", "1", 1)]).collect();
    let hints = spread(&twenty(), &wins).hints;
    let (winning, rest) = (Share::new(6, 10), Share::new(1, 10));
    let more = |by, group: &str| Hint::WinsMoreOften { by, group: group.into(), winning, rest };
    let less =
        |by, group: &str| Hint::WinsLessOften { by, group: group.into(), winning: rest, rest: winning };
    assert_eq!(
        hints,
        [
            more(Dimension::Hours, "full-time"),
            less(Dimension::Hours, "half-time-or-less"),
            less(Dimension::Tenure, "unknown"),
            more(Dimension::Team, "blue"),
            less(Dimension::Team, "green"),
        ]
    );
}

#[test]
fn groups_that_are_too_small_are_not_compared() {
    let few: Vec<_> = twenty().into_iter().filter(|m| &*m.team == "blue").take(4).collect();
    assert_eq!(spread(&few, &[win("a0", "1", 1)]).hints, []);
}

#[test]
fn nothing_won_is_a_hint_and_nobody_there_is_none() {
    assert_eq!(spread(&twenty(), &[]).hints, [Hint::NobodyWins]);
    assert_eq!(spread(&[], &[]), Spread::default());
}

#[test]
fn one_who_takes_all_again_and_again_is_hinted_at() {
    let wins = [win("a0", "1", 100), win("a0", "2", 100), win("b0", "1", 1), win("b0", "2", 1)];
    let hints = spread(&twenty(), &wins).hints;
    assert!(
        hints.contains(&Hint::Concentrated { currency: "points".into(), top_tenth: Share::new(202, 202) })
    );
    assert!(
        hints.contains(&Hint::SameWinners { winning: Share::new(2, 20), repeat_winners: Share::new(2, 2) })
    );
}

fn wins() -> impl Strategy<Value = Vec<Win>> {
    let win = (0_usize..24, 0_u32..4, prop::option::of(0_usize..2), 0_i64..1000).prop_map(
        |(who, period, currency, units)| {
            let winner = if who < 12 { format!("a{who}") } else { format!("b{}", who - 12) };
            let currency = currency.map(|c| ["points", "stars"][c].into());
            let units = if currency.is_some() { units } else { 0 };
            Win { winner: Subject::agent(winner), period: period.to_string().into(), currency, units }
        },
    );
    prop::collection::vec(win, 0..60)
}

proptest! {
    #[test]
    fn the_order_of_members_and_wins_changes_nothing(
        wins in wins().prop_flat_map(|w| (Just(w.clone()), Just(w).prop_shuffle())),
        members in Just(twenty()).prop_shuffle(),
    ) {
        prop_assert_eq!(spread(&members, &wins.1), spread(&twenty(), &wins.0));
    }

    #[test]
    fn groups_add_up_to_the_whole(wins in wins()) {
        let spread = spread(&twenty(), &wins);
        prop_assert_eq!(spread.awards + spread.awards_of_others, wins.len() as u64);
        for groups in [&spread.by_team, &spread.by_tenure, &spread.by_hours] {
            prop_assert_eq!(groups.iter().map(|g| g.audience).sum::<u64>(), spread.audience);
            prop_assert_eq!(groups.iter().map(|g| g.winning.part).sum::<u64>(), spread.winning.part);
            prop_assert_eq!(groups.iter().map(|g| g.awards).sum::<u64>(), spread.awards);
            for value in &spread.value {
                let units: i64 = groups.iter().filter_map(|g| g.units.get(&value.currency)).sum();
                prop_assert_eq!(units, value.units);
            }
        }
    }
}

/// Fisher's own example: eight cups, four of them with the milk first.
#[test]
fn chance_is_fisher_s() {
    let cups = Share::new(4, 8);
    let (fewer, more) = by_chance(4, cups, 3);
    assert!((more - 17.0 / 70.0).abs() < 1e-12 && (fewer - 69.0 / 70.0).abs() < 1e-12, "{fewer} {more}");
    assert!((by_chance(4, cups, 4).1 - 1.0 / 70.0).abs() < 1e-12);
    assert!((by_chance(4, cups, 0).0 - 1.0 / 70.0).abs() < 1e-12);
    // Everybody wins, or everybody is in the group: no news.
    assert_eq!(by_chance(4, Share::new(8, 8), 4), (1.0, 1.0));
    assert_eq!(by_chance(8, cups, 4), (1.0, 1.0));
    let (_, more) = by_chance(2_500, Share::new(2_500, 5_000), 2_500);
    assert!(more < 1e-200, "what is all but impossible stays a number: {more}");
}

#[test]
fn three_winners_say_nothing_about_fourteen_groups() {
    let members: Vec<Member> = (0..120_u32)
        .map(|n| Member {
            subject: Subject::agent(format!("a{n}")),
            team: format!("t{}", n % 8).into(),
            tenure_days: Some(400),
            share: 1000,
        })
        .collect();
    let wins = [win("a0", "1", 300), win("a8", "1", 200), win("a3", "1", 100)];
    let hints = spread(&members, &wins).hints;
    assert!(matches!(hints[..], [Hint::Concentrated { .. }]), "{hints:?}");
}
