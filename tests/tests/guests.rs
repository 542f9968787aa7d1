//! Hostile rules: each is contained with an error a person can act on, and others go on.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use plaudit_core::{
    limits,
    rule::{
        AgentView, Batch, CallError, Conclusion, Entrant, Fault, FaultKind, FoldOutput, Guest, MetricColumn,
        PeriodView, Slot, Zone,
    },
};
use plaudit_runtime::{
    CompileLimits, Compiler, LoadError, PlanError, Plugin, Runtime, RuntimeConfig, WasmGuest, fold_isolating,
};
use plaudit_tests::components::build_component;
use tempfile::TempDir;

// --- the stage ------------------------------------------------------------------------------------------------------

fn hostile() -> &'static [u8] {
    static WASM: OnceLock<Vec<u8>> = OnceLock::new();
    WASM.get_or_init(|| build_component("hostile-guest").expect("the hostile rule builds"))
}

fn first_rule() -> &'static [u8] {
    static WASM: OnceLock<Vec<u8>> = OnceLock::new();
    WASM.get_or_init(|| build_component("first-rule").expect("the first rule builds"))
}

fn child(arguments: &[&str]) -> Compiler {
    Compiler::Child {
        program: PathBuf::from(env!("CARGO_BIN_EXE_compile-child")),
        arguments: arguments.iter().map(ToString::to_string).collect(),
    }
}

fn runtime(folder: &Path, compiler: Compiler) -> Runtime {
    let config = RuntimeConfig { cache_dir: folder.join("cache"), mac_key: [7; 32], compiler };
    Runtime::new(config).expect("the runtime starts")
}

/// One runtime for all calls; the folder lives as long as the process.
fn plugin() -> Arc<Plugin> {
    static PLUGIN: OnceLock<(TempDir, Runtime, Arc<Plugin>)> = OnceLock::new();
    let (_, _, plugin) = PLUGIN.get_or_init(|| {
        let folder = tempfile::tempdir().expect("folder");
        let runtime = runtime(folder.path(), Compiler::InProcess);
        let plugin = runtime.load(hostile()).expect("the hostile rule loads");
        (folder, runtime, plugin)
    });
    Arc::clone(plugin)
}

fn settings(misbehave: &str) -> String {
    serde_json::json!({ "misbehave": misbehave }).to_string()
}

fn guest() -> WasmGuest {
    let plugin = plugin();
    let plan = plugin.plan(&settings("none")).expect("a plan");
    plugin.guest(&plan)
}

/// One event of each key.
fn batch(keys: &[&str]) -> Batch {
    let count = u32::try_from(keys.len()).expect("few");
    let view = |id: &&str| AgentView {
        id: (*id).into(),
        team: "".into(),
        zone: 0,
        hired_day: None,
        share: 1.0,
        workdays: 0b1_1111,
    };
    Batch {
        slots: keys
            .iter()
            .map(|id| Slot { id: (*id).into(), zone: 0, state: Vec::new(), until: 100 })
            .collect(),
        agents: keys.iter().map(view).collect(),
        zones: vec![utc()],
        kind: vec![0; keys.len()],
        slot_of: (0..count).collect(),
        agent_of: (0..count).collect(),
        time: vec![50; keys.len()],
        metrics: vec![MetricColumn { values: vec![5.0; keys.len()], weights: Vec::new() }],
        ..Batch::default()
    }
}

fn utc() -> Zone {
    Zone { name: "UTC".into(), transitions: Vec::new(), holidays: Vec::new() }
}

fn conclusion() -> Conclusion {
    let entrant = Entrant {
        id: "ana".into(),
        team: "".into(),
        share: 1.0,
        members: 1,
        hired_day: None,
        tickets: vec![3],
    };
    Conclusion {
        period: PeriodView { id: "2026-03-02".into(), start: 0, end: 100 },
        zone: utc(),
        entrants: vec![entrant],
        standings: vec![Vec::new()],
        shared: Vec::new(),
    }
}

#[track_caller]
fn fault<T: std::fmt::Debug>(result: Result<T, CallError>) -> Fault {
    match result {
        Err(CallError::Rule(fault)) => fault,
        other => panic!("expected a fault of the rule, got {other:?}"),
    }
}

// --- folding --------------------------------------------------------------------------------------------------------

/// What the rule does, how it is called, and words that help its developer.
const FAULTS_OF_FOLD: &[(&str, FaultKind, &[&str])] = &[
    ("loop", FaultKind::Fuel, &["2200000", "endless loop"]),
    ("endless-logs", FaultKind::Output, &["log flood", "10000"]),
    ("memory", FaultKind::Memory, &["16777216", "bytes of memory"]),
    ("recurse", FaultKind::Trap, &["out of bounds memory access", "recursion"]),
    ("recurse-without-frames", FaultKind::Trap, &["stack of 1024 KiB", "recursion"]),
    ("panic", FaultKind::Trap, &["no rating at Some(5.0)"]),
    ("refuse", FaultKind::Refused, &["no, thank you"]),
    ("flood-effects", FaultKind::Output, &["give-award", "step 0", "16"]),
    ("flood-scores", FaultKind::Output, &["add-scores", "step 0", "16"]),
    ("flood-progress", FaultKind::Output, &["show-progress", "4096"]),
    ("flood-timer", FaultKind::Output, &["timer of slot 0", "16"]),
    ("bad-step", FaultKind::Output, &["no step 9999", "has 1"]),
    ("bad-board", FaultKind::Output, &["no board 7", "has 1"]),
    ("bad-index", FaultKind::Output, &["no column 5", "board 0"]),
    ("nan-score", FaultKind::Output, &["add-scores[0]", "NaN", "finite"]),
    ("infinite-score", FaultKind::Output, &["inf", "finite"]),
    ("negative-weight", FaultKind::Output, &["weight", "-1"]),
    ("bad-draw", FaultKind::Output, &["no draw 3", "has 1"]),
    ("no-tickets", FaultKind::Output, &["0 tickets", "at least 1"]),
    ("flood-chances", FaultKind::Output, &["try-chances", "step 0", "16"]),
    ("bad-chance", FaultKind::Output, &["try-chances[0]", "no chance 4", "has 1"]),
    ("no-odds", FaultKind::Output, &["odds of 0 in 0"]),
    ("sure-odds", FaultKind::Output, &["odds of 21 in 20", "at most"]),
    ("chance-for-ever", FaultKind::Output, &["unique for ever", "period"]),
    ("chance-at-close", FaultKind::Output, &["nobody tries at the close"]),
    ("bad-slot", FaultKind::Output, &["no slot 99", "has 1"]),
    ("nan-progress", FaultKind::Output, &["value is NaN"]),
    ("early-timer", FaultKind::Output, &["was not due", "until 100"]),
    ("close-in-fold", FaultKind::Output, &["`close` belongs to `conclude`"]),
    ("draw-in-fold", FaultKind::Output, &["hold-draw", "`conclude` only"]),
    ("big-text", FaultKind::Output, &["1025 bytes", "1024"]),
    ("empty-name", FaultKind::Output, &["name is empty"]),
    ("many-arguments", FaultKind::Output, &["17 arguments", "16"]),
    ("nan-argument", FaultKind::Output, &["n is NaN"]),
    ("no-points", FaultKind::Output, &["0 units", "more than 0"]),
    ("no-level", FaultKind::Output, &["level 0", "lowest is 1"]),
    ("big-state", FaultKind::Output, &["16385 bytes", "16384"]),
    ("two-changes", FaultKind::Output, &["second one of slot 0"]),
    ("change-of-nobody", FaultKind::Output, &["slot 99"]),
    ("stale-timer", FaultKind::Output, &["wake at 100", "has to fire"]),
];

#[test]
fn each_misbehaviour_while_folding_is_a_fault_that_says_what_to_do() {
    let mut guest = guest();
    let good = guest.fold(&settings("none"), &batch(&["ana"])).expect("a good call");
    for (misbehave, kind, words) in FAULTS_OF_FOLD {
        let fault = fault(guest.fold(&settings(misbehave), &batch(&["ana"])));
        assert_eq!(fault.kind, *kind, "{misbehave}: {fault}");
        for word in *words {
            assert!(fault.message.contains(word), "{misbehave}: `{word}` is not in: {fault}");
        }
        assert!(guest.is_fresh(), "{misbehave}: the Store was kept");
        let after = guest.fold(&settings("none"), &batch(&["ana"])).expect(misbehave);
        assert_eq!(after, good, "{misbehave}: the next call is not as on a fresh instance");
        assert!(!guest.is_fresh(), "{misbehave}: a good instance was thrown away");
    }
}

#[test]
fn a_call_that_is_slow_for_little_fuel_is_nobodys_fault() {
    let mut guest = guest();
    // Many keys bring so much fuel that the clock strikes first.
    let keys = vec!["ana"; limits::KEYS_PER_CALL_MAX];
    let error = guest.fold(&settings("slow"), &batch(&keys)).expect_err("slow");
    let CallError::Infrastructure(message) = &error else { panic!("{error:?}") };
    assert!(message.contains("250 ms"), "{message}");
    assert!(guest.is_fresh());
    assert!(guest.fold(&settings("none"), &batch(&["ana"])).is_ok());
}

#[test]
fn logs_are_cut_and_dropped_but_no_fault() {
    let output = guest().fold(&settings("flood-logs"), &batch(&["ana"])).expect("logs");
    assert_eq!(output.logs.len(), limits::LOG_LINES_MAX);
    for (number, line) in output.logs.iter().enumerate() {
        assert!(line.line.starts_with(&number.to_string()));
        assert!(
            line.line.len() <= limits::LOG_LINE_BYTES_MAX && line.line.len() > limits::LOG_LINE_BYTES_MAX - 2
        );
    }
}

#[test]
fn what_a_call_hands_over_is_bounded() {
    // Keys bring fuel, so that it is the size that counts.
    for (misbehave, words) in [("big-log", "too large"), ("wide-logs", "5 lines with 5242880 bytes")] {
        let fault = fault(guest().fold(&settings(misbehave), &batch(&["ana"; 32])));
        assert_eq!(fault.kind, FaultKind::Output, "{fault}");
        assert!(fault.message.contains(words), "{fault}");
    }
}

#[test]
fn a_good_call_hands_over_what_the_rule_gave() {
    let FoldOutput { changes, effects, fuel, .. } =
        guest().fold(&settings("none"), &batch(&["ana", "jonas"])).expect("good");
    assert_eq!(changes.iter().map(|change| change.state.as_slice()).collect::<Vec<_>>(), [[1], [1]]);
    assert_eq!(effects.scores.iter().map(|score| score.step).collect::<Vec<_>>(), [0, 1]);
    assert!(fuel > 0 && fuel < 2 * (limits::FUEL_PER_KEY_CALL + limits::FUEL_PER_STEP));
}

#[test]
fn fuel_is_the_same_on_a_fresh_and_on_a_used_instance() {
    let mut guest = guest();
    let first = guest.fold(&settings("none"), &batch(&["ana"])).expect("first").fuel;
    let again = guest.fold(&settings("none"), &batch(&["ana"])).expect("again").fuel;
    let fresh = self::guest().fold(&settings("none"), &batch(&["ana"])).expect("fresh").fuel;
    assert_eq!(first, fresh);
    // A used instance may save what it set up once, never the other way round.
    assert!(again <= first, "{again} > {first}");
}

#[test]
fn the_one_key_to_blame_is_found() {
    let keys = ["ana", "jonas", "li", "wei", "ona"];
    for bad in keys {
        let settings = serde_json::json!({ "misbehave": "panic", "only_key": bad }).to_string();
        let isolated = fold_isolating(&mut guest(), &settings, batch(&keys)).expect_err("bad");
        assert_eq!(keys[isolated.slot as usize], bad);
        assert_eq!(fault::<()>(Err(isolated.error)).kind, FaultKind::Trap);
    }
    let nobody = serde_json::json!({ "misbehave": "panic", "only_key": "nobody" }).to_string();
    assert_eq!(fold_isolating(&mut guest(), &nobody, batch(&keys)).expect("good").changes.len(), keys.len());
}

#[test]
fn a_batch_over_the_limits_is_the_hosts_mistake() {
    let keys = vec!["ana"; limits::KEYS_PER_CALL_MAX + 1];
    let error = guest().fold(&settings("none"), &batch(&keys)).expect_err("too many keys");
    assert!(matches!(&error, CallError::Infrastructure(message) if message.contains("256")), "{error}");
    let mut crooked = batch(&["ana"]);
    crooked.kind.push(0);
    let error = guest().fold(&settings("none"), &crooked).expect_err("crooked columns");
    assert!(matches!(&error, CallError::Infrastructure(message) if message.contains("columns")), "{error}");
    let mut long = batch(&["ana"]);
    let steps = limits::STEPS_PER_CALL_MAX + 1;
    (long.kind, long.slot_of, long.agent_of) = (vec![0; steps], vec![0; steps], vec![0; steps]);
    (long.time, long.metrics[0].values) = (vec![50; steps], vec![1.0; steps]);
    let error = guest().fold(&settings("none"), &long).expect_err("too many steps");
    assert!(matches!(&error, CallError::Infrastructure(message) if message.contains("1024")), "{error}");
}

#[test]
fn another_rule_of_the_same_runtime_goes_on() {
    let folder = tempfile::tempdir().expect("folder");
    let runtime = runtime(folder.path(), Compiler::InProcess);
    let (bad, good) = (runtime.load(hostile()).expect("hostile"), runtime.load(first_rule()).expect("good"));
    let plan = good.plan("{}").expect("plan");
    let mut good = good.guest(&plan);
    let mut bad = bad.guest(&bad.plan(&settings("none")).expect("plan"));
    let mut state = Vec::new();
    let mut badges = 0;
    for misbehave in ["loop", "memory", "flood-effects", "panic", "recurse"] {
        fault(bad.fold(&settings(misbehave), &batch(&["ana"])));
        let mut events = batch(&["ana"]);
        events.slots[0].state.clone_from(&state);
        let output = good.fold("{}", &events).expect("the good rule");
        state.clone_from(&output.changes[0].state);
        badges += output.effects.awards.len();
    }
    assert_eq!(badges, 1, "the fifth good call in a row earns the badge");
}

// --- concluding, planning, describing ----------------------------------------------------------------------------------

#[test]
fn each_misbehaviour_at_the_close_is_a_fault_that_says_what_to_do() {
    let cases: &[(&str, FaultKind, &[&str])] = &[
        ("loop-in-conclude", FaultKind::Fuel, &["conclude", "2200000"]),
        ("refuse", FaultKind::Refused, &["no, thank you"]),
        ("big-shared", FaultKind::Output, &["262145 bytes", "262144"]),
        ("step-in-conclude", FaultKind::Output, &["no steps", "`close`"]),
        ("itself-in-conclude", FaultKind::Output, &["`itself`"]),
        ("score-in-conclude", FaultKind::Output, &["`fold` only"]),
        ("chance-in-conclude", FaultKind::Output, &["no steps"]),
        ("draw-twice", FaultKind::Output, &["draw 0", "held already"]),
        ("draw-otherwise", FaultKind::Output, &["Weighted", "Equal"]),
        ("no-winners", FaultKind::Output, &["at least 1"]),
        ("many-winners", FaultKind::Output, &["10001 winners", "10000"]),
    ];
    let mut guest = guest();
    for (misbehave, kind, words) in cases {
        let fault = fault(guest.conclude(&settings(misbehave), &conclusion()));
        assert_eq!(fault.kind, *kind, "{misbehave}: {fault}");
        for word in *words {
            assert!(fault.message.contains(word), "{misbehave}: `{word}` is not in: {fault}");
        }
        assert!(guest.is_fresh(), "{misbehave}: the Store was kept");
        let good = guest.conclude(&settings("none"), &conclusion()).expect(misbehave);
        assert_eq!((good.shared.as_slice(), good.effects.awards.len()), (&[1][..], 1));
    }
}

#[test]
fn a_close_may_not_give_without_end() {
    let mut many = conclusion();
    // Entrants bring fuel, so that it is the number of effects that counts.
    many.entrants = vec![many.entrants[0].clone(); 1000];
    let fault = fault(guest().conclude(&settings("flood-conclude"), &many));
    assert_eq!(fault.kind, FaultKind::Output, "{fault}");
    assert!(fault.message.contains("65537 effects") && fault.message.contains("65536"), "{fault}");
}

#[test]
fn a_bad_plan_is_told_to_the_right_person() {
    let plugin = plugin();
    let of_call = |misbehave| match plugin.plan(&settings(misbehave)) {
        Err(PlanError::Call(CallError::Rule(fault))) => fault,
        other => panic!("{misbehave}: {other:?}"),
    };
    assert_eq!(of_call("loop-in-plan").kind, FaultKind::Fuel);
    assert_eq!(of_call("award-in-plan").kind, FaultKind::Output);
    for (misbehave, word) in
        [("plan-no-json", "expected value"), ("plan-bad-index", "column 9"), ("plan-big", "65536")]
    {
        match plugin.plan(&settings(misbehave)) {
            Err(PlanError::Plan(message)) => assert!(message.contains(word), "{misbehave}: {message}"),
            other => panic!("{misbehave}: {other:?}"),
        }
    }
    let Err(PlanError::Settings(problems)) = plugin.plan("{}") else {
        panic!("settings without `misbehave`")
    };
    assert_eq!(problems[0].field, "/misbehave");
    let long = " ".repeat(limits::SETTINGS_BYTES_MAX + 1);
    assert!(matches!(plugin.plan(&long), Err(PlanError::SettingsTooLarge { .. })));
}

// --- loading --------------------------------------------------------------------------------------------------------

fn component(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("good text")
}

/// The error of loading, which must not have come to compiling: the compiler is one that does not exist.
fn refused(wasm: &[u8]) -> LoadError {
    let folder = tempfile::tempdir().expect("folder");
    let nobody = Compiler::Child { program: "/nowhere".into(), arguments: Vec::new() };
    runtime(folder.path(), nobody).load(wasm).expect_err("refused")
}

#[test]
fn an_import_of_wasi_is_refused_by_name_before_anything_is_compiled() {
    for (import, word) in [
        ("wasi:clocks/monotonic-clock@0.2.6", "event.time()"),
        ("wasi:random/random@0.2.6", "draw"),
        ("wasi:cli/stdout@0.2.6", "cx.log"),
        ("acme:db/query@1.0.0", "handed in"),
    ] {
        let text =
            format!(r#"(component (import "{import}" (instance (export "now" (func (result u64))))))"#);
        let error = refused(&component(&text));
        assert!(matches!(error, LoadError::Import { .. }), "{error}");
        let message = error.to_string();
        assert!(message.contains(import) && message.contains(word), "{message}");
    }
}

#[test]
fn what_is_no_rule_is_refused_with_the_next_step() {
    let old = component(r#"(component (import "plaudit:rule/log@0.2.0" (instance)))"#);
    assert!(matches!(refused(&old), LoadError::Contract { built_for } if built_for == "plaudit:rule@0.2.0"));
    let empty = refused(&component("(component)")).to_string();
    assert!(empty.contains("`describe`, `plan`, `fold`, `conclude`"), "{empty}");
    let module = refused(&component("(module)")).to_string();
    assert!(module.contains("wasm-tools component new"), "{module}");
    assert!(matches!(refused(b"(component)"), LoadError::NotWasm(_)));
    assert!(matches!(refused(&hostile()[..hostile().len() / 2]), LoadError::NotWasm(_)));
    let large = refused(&vec![0; limits::COMPONENT_INTERPRETED_BYTES_MAX + 1]).to_string();
    assert!(large.contains("33554432"), "{large}");
}

#[test]
fn a_start_up_beyond_the_limits_is_a_fault_of_the_rule() {
    let folder = tempfile::tempdir().expect("folder");
    let runtime = runtime(folder.path(), Compiler::InProcess);
    let load = |module: &str| match runtime.load(&exporting(module)) {
        Err(LoadError::Describe(CallError::Rule(fault))) => fault,
        other => panic!("{module}: {other:?}"),
    };
    assert_eq!(load("(memory (export \"memory\") 1)").kind, FaultKind::Trap);
    assert_eq!(load("(memory (export \"memory\") 257)").kind, FaultKind::Memory);
    assert_eq!(load("(memory (export \"memory\") 1) (table 100001 funcref)").kind, FaultKind::Memory);
    let tables = "(table 1 funcref)".repeat(65);
    assert!(load(&format!("(memory (export \"memory\") 1) {tables}")).message.contains("table count"));
    let memories = "(memory 1)".repeat(8);
    assert!(load(&format!("(memory (export \"memory\") 1) {memories}")).message.contains("memory count"));
    // Much fuel for little time, so that it is the fuel that counts.
    let work = "(drop (i32.const 0))".repeat(1000);
    let spins = format!("(memory (export \"memory\") 1) (func $spin (loop {work} br 0)) (start $spin)");
    assert_eq!(load(&spins).kind, FaultKind::Fuel);
}

/// A rule that knows nothing of `try-chances`: this is how every rule of 1.0 meets a host that has one function more.
#[test]
fn a_rule_that_was_built_before_a_sink_was_added_still_runs() {
    let manifest = r#"{"name":"old","version":"0.1.0","contract":"plaudit:rule@1.0.0","settings":{}}"#;
    let plan = r#"{"key":"agent","metrics":["calls"],"draws":[{"name":"weekly","method":"weighted"}]}"#;
    let text = |words: &str| words.replace('"', "\\22");
    let module = format!(
        // Results lie where they are returned from: case, pointer and length, all 0 for a fold without changes.
        r#"(module
            (import "plaudit:rule/effects@1.0.0" "add-tickets" (func $tickets (param i32 i32)))
            (memory (export "memory") 2)
            (global $free (mut i32) (i32.const 8192))
            (data (i32.const 16) "\40\00\00\00\{manifest_bytes:02x}\00\00\00")
            (data (i32.const 32) "\00\02\00\00\{plan_bytes:02x}\00\00\00")
            (data (i32.const 64) "{manifest}")
            (data (i32.const 512) "{plan}")
            (data (i32.const 1024) "\00\00\00\00\00\00\00\00\07\00\00\00")
            (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
                (local.set $at (i32.and (i32.add (global.get $free) (i32.const 15)) (i32.const -16)))
                (global.set $free (i32.add (local.get $at) (local.get 3)))
                (local.get $at))
            (func (export "describe") (result i32) (i32.const 16))
            (func (export "plan") (param i32 i32) (result i32) (i32.const 28))
            (func (export "fold") (param i32) (result i32)
                (call $tickets (i32.const 1024) (i32.const 1))
                (i32.const 48))
            (func (export "conclude") (param i32) (result i32) unreachable))"#,
        manifest_bytes = manifest.len(),
        plan_bytes = plan.len(),
        manifest = text(manifest),
        plan = text(plan),
    );
    let now = include_str!("../../sdk/wit/rule.wit");
    let before = now.replace("    try-chances: func(chances: list<chance>);\n", "");
    assert_ne!(before, now);
    let old = embedded(&before, &module);
    let folder = tempfile::tempdir().expect("folder");
    let plugin = runtime(folder.path(), Compiler::InProcess).load(&old).expect("it still links");
    let plan = plugin.plan("{}").expect("a plan");
    let output = plugin.guest(&plan).fold("{}", &batch(&["ana"])).expect("it still folds");
    assert_eq!(
        output.effects.tickets.iter().map(|t| (t.step, t.draw, t.count)).collect::<Vec<_>>(),
        [(0, 0, 7)]
    );
    assert!(plan.chances.is_empty() && output.effects.chances.is_empty());
}

/// The smallest component that keeps to the contract, with this in its core module; its functions trap.
fn exporting(module: &str) -> Vec<u8> {
    let text = format!(
        r#"(module {module}
            (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
            (func (export "describe") (result i32) unreachable)
            (func (export "plan") (param i32 i32) (result i32) unreachable)
            (func (export "fold") (param i32) (result i32) unreachable)
            (func (export "conclude") (param i32) (result i32) unreachable))"#
    );
    embedded(include_str!("../../sdk/wit/rule.wit"), &text)
}

/// A core module as a component of this contract.
fn embedded(wit: &str, module: &str) -> Vec<u8> {
    let mut resolve = wit_parser::Resolve::default();
    let package = resolve.push_str("rule.wit", wit).expect("the contract");
    let world = resolve.select_world(&[package], Some("rule")).expect("its world");
    let mut module = wat::parse_str(module).expect("good text");
    wit_component::embed_component_metadata(
        &mut module,
        &resolve,
        world,
        wit_component::StringEncoding::UTF8,
    )
    .expect("embedded");
    let mut encoder = wit_component::ComponentEncoder::default();
    encoder.module(&module).and_then(|encoder| encoder.encode()).expect("a component")
}

#[test]
fn a_large_component_gets_the_limits_of_an_interpreter() {
    let mut padded = hostile().to_vec();
    // A custom section: id 0, its length as LEB128, its name, and zeros.
    let content = limits::COMPONENT_BYTES_MAX;
    padded.push(0);
    let mut length = content + 2;
    while length >= 0x80 {
        padded.push((length % 0x80) as u8 | 0x80);
        length /= 0x80;
    }
    padded.extend([length as u8, 1, b'x']);
    padded.extend(vec![0; content]);
    let folder = tempfile::tempdir().expect("folder");
    let plugin = runtime(folder.path(), Compiler::InProcess).load(&padded).expect("loads");
    let mut guest = plugin.guest(&plugin.plan(&settings("none")).expect("plan"));
    let fuel = fault(guest.fold(&settings("loop"), &batch(&["ana"]))).message;
    assert!(fuel.contains("52000000"), "{fuel}");
    let memory = fault(guest.fold(&settings("memory"), &batch(&["ana"]))).message;
    assert!(memory.contains("67108864"), "{memory}");
}

#[test]
fn one_digest_is_one_plugin() {
    let folder = tempfile::tempdir().expect("folder");
    let runtime = runtime(folder.path(), Compiler::InProcess);
    let (one, two) = (runtime.load(first_rule()).expect("one"), runtime.load(first_rule()).expect("two"));
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!(one.digest().len(), 64);
    assert_eq!(one.manifest().name, "first-rule");
    assert_eq!(one.manifest().texts.len(), 5);
}

// --- compiling ------------------------------------------------------------------------------------------------------

#[test]
fn a_child_with_an_empty_environment_compiles_and_the_result_is_kept() {
    let folder = tempfile::tempdir().expect("folder");
    assert!(runtime(folder.path(), child(&["environment"])).load(first_rule()).is_ok());
    // A compiler that does not exist is not missed.
    let nobody = Compiler::Child { program: "/nowhere".into(), arguments: Vec::new() };
    assert!(runtime(folder.path(), nobody).load(first_rule()).is_ok());
}

#[test]
fn a_changed_file_in_the_cache_is_compiled_again_and_never_run() {
    let folder = tempfile::tempdir().expect("folder");
    assert!(runtime(folder.path(), child(&[])).load(first_rule()).is_ok());
    let files: Vec<_> =
        fs::read_dir(folder.path().join("cache")).expect("cache").map(|f| f.expect("file").path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let good = fs::read(file).expect("read");
    let mut bad = good.clone();
    let middle = bad.len() / 2;
    bad[middle] ^= 1;
    fs::write(file, &bad).expect("written");
    let nobody = Compiler::Child { program: "/nowhere".into(), arguments: Vec::new() };
    let message = runtime(folder.path(), nobody).load(first_rule()).expect_err("not trusted").to_string();
    assert!(message.contains("/nowhere did not start"), "{message}");
    assert!(runtime(folder.path(), child(&[])).load(first_rule()).is_ok());
    assert_eq!(fs::read(file).expect("read").len(), good.len());
}

#[test]
fn a_cache_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("folder");
    let cache_dir = folder.path().join("cache");
    fs::create_dir(&cache_dir).expect("made");
    fs::set_permissions(&cache_dir, fs::Permissions::from_mode(0o750)).expect("chmod");
    let config = RuntimeConfig { cache_dir, mac_key: [7; 32], compiler: Compiler::InProcess };
    let message = Runtime::new(config).expect_err("open to others").to_string();
    assert!(message.contains("750") && message.contains("chmod 700"), "{message}");
}

#[test]
fn the_compiling_child_has_limits() {
    let compile = |arguments: &[&str], limits| {
        let folder = tempfile::tempdir().expect("folder");
        runtime(folder.path(), child(arguments)).with_compile_limits(limits).load(first_rule())
    };
    let message = |arguments: &[&str], limits| match compile(arguments, limits) {
        Err(LoadError::Compile(message)) => message,
        other => panic!("{arguments:?}: {other:?}"),
    };
    let usual = CompileLimits::default();
    assert_eq!(
        (usual.memory_bytes, usual.seconds),
        (limits::COMPILE_MEMORY_BYTES_MAX, limits::COMPILE_SECONDS_MAX)
    );
    assert!(compile(&[], usual).is_ok());
    let little = message(&[], CompileLimits { memory_bytes: 16 << 20, ..usual });
    assert!(little.contains("allowed are 16 MiB"), "{little}");
    let no_processor_time = message(&[], CompileLimits { seconds: 0, ..usual });
    assert!(no_processor_time.contains("too long"), "{no_processor_time}");
    let asleep = message(&["sleep"], CompileLimits { seconds: 1, ..usual });
    assert!(asleep.contains("too long") && asleep.contains("1 s"), "{asleep}");
    assert!(message(&["crash"], usual).contains("signal: 6"));
    assert!(message(&["garbage"], usual).contains("does not load"));
    assert!(message(&["else"], usual).contains("exit status: 3"));
}
