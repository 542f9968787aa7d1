//! Levels that rise with a value: bronze from 5, silver from 10.

/// Level (from 1) and tier of the highest threshold that `value` has reached; `tiers` rise by `at`.
///
/// ```
/// use plaudit_sdk::helpers::tiers;
/// let tiers = [5.0, 10.0];
/// assert_eq!(tiers::reached(&tiers, |t| *t, 4.0), None);
/// assert_eq!(tiers::reached(&tiers, |t| *t, 12.0), Some((2, &10.0)));
/// ```
pub fn reached<T>(tiers: &[T], at: impl Fn(&T) -> f64, value: f64) -> Option<(u32, &T)> {
    let level = tiers.partition_point(|t| at(t) <= value);
    tiers.get(level.checked_sub(1)?).map(|t| (level as u32, t))
}

/// Levels and tiers that lie in (before, after]: those that this step has reached first.
///
/// ```
/// use plaudit_sdk::helpers::tiers;
/// let tiers = [5.0, 10.0, 15.0];
/// let passed: Vec<_> = tiers::passed(&tiers, |t| *t, 4.0, 11.0).collect();
/// assert_eq!(passed, [(1, &5.0), (2, &10.0)]);
/// ```
pub fn passed<T>(
    tiers: &[T],
    at: impl Fn(&T) -> f64,
    before: f64,
    after: f64,
) -> impl Iterator<Item = (u32, &T)> {
    let levels = (1u32..).zip(tiers);
    levels.filter(move |(_, t)| before < at(t) && at(t) <= after)
}

/// The first tier above `value`, for progress.
///
/// ```
/// use plaudit_sdk::helpers::tiers;
/// assert_eq!(tiers::next(&[5.0, 10.0], |t| *t, 5.0), Some(&10.0));
/// ```
pub fn next<T>(tiers: &[T], at: impl Fn(&T) -> f64, value: f64) -> Option<&T> {
    tiers.get(tiers.partition_point(|t| at(t) <= value))
}

/// Index of the first tier that is not above the one before it, for [`crate::Rule::check`].
///
/// ```
/// use plaudit_sdk::helpers::tiers;
/// assert_eq!(tiers::out_of_order(&[5.0, 5.0, 9.0], |t| *t), Some(1));
/// ```
pub fn out_of_order<T>(tiers: &[T], at: impl Fn(&T) -> f64) -> Option<usize> {
    tiers.windows(2).position(|pair| at(&pair[0]) >= at(&pair[1])).map(|i| i + 1)
}
