//! The wasm exports.

use std::cell::RefCell;
use std::sync::Once;
use std::thread::LocalKey;

use crate::adapter::{self, Adapter};
use crate::effects::Effects;
use crate::rule::Rule;
use crate::wit;

/// Makes a rule a plugin: `export!(MyRule, texts: [("en", include_str!("../texts/en.ftl")), …])`.
///
/// In Wasm it writes the component's exports; everywhere it writes `pub fn manifest() -> Manifest`, with the version of
/// the crate that calls it. Natively it also writes what `plaudit plugin test` compares the component with.
#[macro_export]
macro_rules! export {
    ($rule:ty $(, texts: [$(($locale:expr, $text:expr)),* $(,)?])? $(,)?) => {
        /// What the plugin says of itself.
        pub fn manifest() -> $crate::Manifest {
            $crate::manifest::<$rule>(env!("CARGO_PKG_VERSION"), &[$($(($locale, $text)),*)?])
        }

        /// Serves the rule, natively, to `plaudit plugin test` over standard input and output.
        #[cfg(not(target_arch = "wasm32"))]
        #[doc(hidden)]
        pub fn __plaudit_serve() -> ::std::io::Result<()> {
            $crate::__private::serve::<$rule>(&manifest())
        }

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            use $crate::__private::bindings;

            ::std::thread_local! {
                static ADAPTER: ::std::cell::RefCell<$crate::Adapter<$rule>> = ::std::default::Default::default();
            }

            struct Component;

            impl bindings::Guest for Component {
                fn describe() -> String {
                    manifest().to_json()
                }
                fn plan(settings: String) -> Result<String, Vec<bindings::Problem>> {
                    $crate::__private::plan::<$rule>(&settings)
                }
                fn fold(settings: String, batch: bindings::Batch) -> Result<Vec<bindings::Change>, String> {
                    $crate::__private::fold(&ADAPTER, &settings, &batch)
                }
                fn conclude(
                    settings: String,
                    period: bindings::Period,
                    entrants: Vec<bindings::Entrant>,
                    standings: Vec<bindings::BoardStandings>,
                    shared: Vec<u8>,
                ) -> Result<Vec<u8>, String> {
                    $crate::__private::conclude(&ADAPTER, &settings, &period, &entrants, &standings, &shared)
                }
            }

            $crate::__private::bindings::export_component!(Component with_types_in $crate::__private::bindings);
        };
    };
}

/// A rule and its parsed settings, kept between the calls of an instance.
type Kept<R> = LocalKey<RefCell<Adapter<R>>>;

#[doc(hidden)]
pub fn plan<R: Rule>(settings: &str) -> Result<String, Vec<wit::Problem>> {
    tell_panics();
    adapter::plan::<R>(settings)
}

#[doc(hidden)]
pub fn fold<R: Rule>(
    kept: &'static Kept<R>,
    settings: &str,
    batch: &wit::Batch,
) -> Result<Vec<wit::Change>, String> {
    tell_panics();
    let mut effects = Effects::default();
    let changes = kept.with_borrow_mut(|adapter| adapter.fold(settings, batch, &mut effects))?;
    effects.flush();
    Ok(changes)
}

#[doc(hidden)]
pub fn conclude<R: Rule>(
    kept: &'static Kept<R>,
    settings: &str,
    period: &wit::Period,
    entrants: &[wit::Entrant],
    standings: &[wit::BoardStandings],
    shared: &[u8],
) -> Result<Vec<u8>, String> {
    tell_panics();
    let mut effects = Effects::default();
    let shared = kept.with_borrow_mut(|adapter| {
        adapter.conclude(settings, period, entrants, standings, shared, &mut effects)
    })?;
    effects.flush();
    Ok(shared)
}

/// A panic traps without a word in Wasm: the hook writes its message to the log first, where the host finds it.
fn tell_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| wit::sinks::write(wit::Level::Warn, &info.to_string())));
    });
}
