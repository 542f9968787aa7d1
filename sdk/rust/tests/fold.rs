//! Timers, order and batching: a key's outcome does not depend on how its steps are cut.

use plaudit_sdk::prelude::*;
use plaudit_sdk::wit::{self, NONE};
use plaudit_sdk::{Adapter, Effects};
use proptest::prelude::*;

/// Writes down all that happens to a key. An event of value v sets timer `t<v mod 3>` v milliseconds ahead.
struct Diary;

impl Rule for Diary {
    type Settings = ();
    type State = Entries;
    const NAME: &'static str = "diary";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("m").attribute("entity")
    }

    fn on_event(state: &mut Self::State, event: &Event, cx: &mut Context<()>) {
        let value = event.metric(0).unwrap_or(-1.0);
        state.push((cx.now(), format!("event {value} {}", event.attribute(0).unwrap_or("-"))));
        cx.score(0, 0, value);
        cx.timer(&format!("t{}", value as i64 % 3), cx.now() + value as i64);
    }

    fn on_entered(state: &mut Self::State, _: &Event, cx: &mut Context<()>) {
        state.push((cx.now(), "entered".into()));
    }

    fn on_left(state: &mut Self::State, _: &Event, cx: &mut Context<()>) {
        state.push((cx.now(), "left".into()));
        cx.cancel_timer("t1");
    }

    fn on_timer(state: &mut Self::State, name: &str, cx: &mut Context<()>) {
        state.push((cx.now(), name.into()));
        cx.score(0, 0, 1.0);
    }
}

type Step = (u8, u32, i64, f64);
type Entries = Vec<(i64, String)>;

fn batch(states: [Vec<u8>; 2], steps: &[Step], until: i64) -> wit::Batch {
    let [first, second] = states;
    let slot = |id: &str, state| wit::Slot { id: id.into(), zone: 0, state, until };
    wit::Batch {
        slots: vec![slot("a", first), slot("b", second)],
        agents: vec![],
        zones: vec![plaudit_sdk::testing::clocks_of_vilnius()],
        shared: vec![],
        kind: steps.iter().map(|s| s.0).collect(),
        slot_of: steps.iter().map(|s| s.1).collect(),
        agent_of: steps.iter().map(|_| NONE).collect(),
        time: steps.iter().map(|s| s.2).collect(),
        metrics: vec![wit::MetricColumn { values: steps.iter().map(|s| s.3).collect(), weights: vec![] }],
        attributes: vec![wit::TextColumn { words: vec!["e".into()], at: steps.iter().map(|_| 0).collect() }],
    }
}

/// Folds all steps in pieces that end at the cuts; gives the states, their wake-up times and the scores' values.
fn fold(steps: &[Step], cuts: &[usize], end: i64) -> ([Vec<u8>; 2], [Option<i64>; 2], Vec<f64>) {
    let mut ends: Vec<_> = cuts.iter().map(|c| c % (steps.len() + 1)).chain([steps.len()]).collect();
    ends.sort_unstable();
    let (mut states, mut wakes, mut scores, mut from) = ([vec![], vec![]], [None; 2], vec![], 0);
    for to in ends {
        let until = steps.get(to).map_or(end, |s| s.2);
        let mut effects = Effects::default();
        let input = batch(states.clone(), &steps[from..to], until);
        for change in Adapter::<Diary>::default().fold("{}", &input, &mut effects).expect("the fold works") {
            states[change.slot as usize] = change.state;
            wakes[change.slot as usize] = change.wake_at;
        }
        scores.extend(effects.scores.iter().map(|s| s.value));
        from = to;
    }
    (states, wakes, scores)
}

fn diary(state: &[u8]) -> Entries {
    // The timers come first, then the rule's own state.
    let (_, entries): (Entries, Entries) = postcard::from_bytes(state).expect("a diary");
    entries
}

fn told(state: &[u8]) -> Vec<String> {
    diary(state).iter().map(|(at, what)| format!("{at} {what}")).collect()
}

#[test]
fn timers_come_before_events_of_the_same_time_and_by_name() {
    let steps = [(1, 0, 0, f64::NAN), (0, 0, 1, 11.0), (0, 0, 2, 10.0), (0, 0, 12, 30.0), (0, 1, 12, 7.0)];
    let (states, wakes, _) = fold(&steps, &[], 12);
    assert_eq!(
        told(&states[0]),
        ["0 entered", "1 event 11 e", "2 event 10 e", "12 t1", "12 t2", "12 event 30 e"]
    );
    assert_eq!(told(&states[1]), ["12 event 7 e"]);
    assert_eq!(wakes, [Some(42), Some(19)]);
}

#[test]
fn a_timer_set_for_now_fires_a_millisecond_later() {
    let (states, _, _) = fold(&[(0, 0, 5, 0.0)], &[], 6);
    assert_eq!(told(&states[0]), ["5 event 0 e", "6 t0"]);
}

#[test]
fn a_step_of_a_kind_that_a_later_contract_has_is_passed_over() {
    let (states, _, _) = fold(&[(0, 0, 1, 5.0), (3, 0, 2, 6.0), (255, 0, 3, 7.0)], &[], 3);
    assert_eq!(told(&states[0]), ["1 event 5 e"]);
}

#[test]
fn who_leaves_takes_a_cancelled_timer_along() {
    let (states, wakes, _) = fold(&[(0, 0, 1, 10.0), (2, 0, 5, f64::NAN)], &[], 100);
    assert_eq!((told(&states[0]), wakes[0]), (vec!["1 event 10 e".to_string(), "5 left".into()], None));
}

#[test]
fn a_key_to_which_nothing_happens_has_no_change() {
    let mut effects = Effects::default();
    let input = batch([vec![], vec![]], &[(1, 0, 5, f64::NAN)], 100);
    let changes = Adapter::<Diary>::default().fold("{}", &input, &mut effects).expect("the fold works");
    assert_eq!(changes.iter().map(|c| c.slot).collect::<Vec<_>>(), [0]);
}

/// Remembers the latest value until a timer wipes it out.
struct Slate;

impl Rule for Slate {
    type Settings = ();
    type State = Option<u32>;
    const NAME: &'static str = "slate";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("m")
    }

    fn on_event(state: &mut Self::State, event: &Event, cx: &mut Context<()>) {
        *state = event.metric(0).map(|value| value as u32);
        cx.timer("wipe", cx.now() + 10);
    }

    fn on_timer(state: &mut Self::State, _: &str, _: &mut Context<()>) {
        *state = None;
    }
}

#[test]
fn a_state_that_is_the_default_again_is_stored_as_none_at_all() {
    let fold = |state: Vec<u8>, steps: &[Step], until| {
        let input = batch([state, vec![]], steps, until);
        Adapter::<Slate>::default().fold("{}", &input, &mut Effects::default()).expect("the fold works")
    };
    let step = (0, 0, 5, 7.0);
    assert!(fold(vec![], &[step], 20).is_empty(), "within one call nothing has changed");
    let written = fold(vec![], &[step], 6).remove(0);
    assert!(!written.state.is_empty());
    let wiped = fold(written.state, &[], 20).remove(0);
    assert_eq!((wiped.state, wiped.wake_at), (vec![], None));
}

#[test]
fn timers_cannot_score() {
    let (_, _, scores) = fold(&[(0, 0, 5, 2.0)], &[], 100);
    assert_eq!(scores, [2.0], "only the event's");
}

#[test]
fn a_state_that_does_not_decode_is_an_error_that_names_the_key() {
    let input = batch([vec![0xff; 3], vec![]], &[], 0);
    let error =
        Adapter::<Diary>::default().fold("{}", &input, &mut Effects::default()).expect_err("no state");
    assert!(error.contains("\"a\"") && error.contains("STATE_SCHEMA"), "{error}");
}

#[test]
fn settings_that_are_wrong_are_an_error_that_names_the_field() {
    let input = batch([vec![], vec![]], &[], 0);
    let error = Adapter::<Diary>::default()
        .fold(r#"{"a":1}"#, &input, &mut Effects::default())
        .expect_err("no setting");
    assert!(error.contains("/a"), "{error}");
}

proptest! {
    #[test]
    fn cutting_batches_elsewhere_changes_nothing(
        raw in prop::collection::vec((0u8..3, 0u32..2, 0i64..20, 0u32..40), 0..30),
        cuts in prop::collection::vec(any::<usize>(), 0..5),
    ) {
        let mut steps: Vec<Step> = raw.iter().map(|(k, s, t, v)| (*k, *s, *t, f64::from(*v))).collect();
        steps.sort_by_key(|s| s.2);
        let end = 30;
        let whole = fold(&steps, &[], end);
        let cut = fold(&steps, &cuts, end);
        prop_assert_eq!(&whole.0, &cut.0);
        prop_assert_eq!(whole.1, cut.1);
        prop_assert_eq!(&whole.2, &cut.2);
    }
}
