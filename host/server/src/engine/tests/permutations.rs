//! A streak with a break, in every order in which its facts can come.

use super::*;

/// Everything that seven things can be put in order by.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let after = |first: &usize| {
        let rest: Vec<usize> = of.iter().filter(|other| *other != first).copied().collect();
        orders(&rest).into_iter().map(|order| [&[*first], &order[..]].concat()).collect::<Vec<_>>()
    };
    of.iter().flat_map(after).collect()
}

#[test]
fn three_good_ones_a_bad_one_and_three_good_ones_are_two_streaks_in_each_of_5040_orders() {
    let facts: Vec<_> =
        (0..7).map(|n| event(n, "ana", n as i64, if n == 3 { 1.0 } else { 5.0 }, None, false)).collect();
    let orders = orders(&[0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(orders.len(), 5040);
    let reference = play(&facts, &[7], 0, &at_its_time);
    let streaks: Vec<_> = reference.awards.iter().filter(|(name, ..)| &**name == "streak").collect();
    let of_minute = |minute: i64| MONDAY + minute * MINUTE;
    assert_eq!(streaks.iter().map(|award| award.3).collect::<Vec<_>>(), [of_minute(2), of_minute(6)]);
    for (nth, order) in orders.iter().enumerate() {
        let arrived: Vec<_> = order.iter().map(|n| facts[*n].clone()).collect();
        // One by one, or some together; every other time with restarts.
        let chunks: &[usize] = [&[1][..], &[2, 1], &[3, 4]][nth % 3];
        assert_eq!(play(&arrived, chunks, nth % 2, &at_its_time), reference, "{order:?}");
    }
}
