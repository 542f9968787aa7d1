//! Rules that were built for a released contract run for as long as there is its major version.

use crate::{folder, name_of, plugins::Component, scenarios::play, within};

#[test]
fn what_was_built_for_a_released_contract_still_gives_what_it_gave() {
    let versions = within(&folder().join("corpus"));
    let mut played = 0;
    for version in versions.into_iter().filter(|path| path.is_dir()) {
        let components =
            within(&version).into_iter().filter(|p| p.extension().is_some_and(|kind| kind == "wasm"));
        for path in components {
            let component = Component { name: name_of(&path).to_owned(), path };
            let scenarios = play(&component, &folder().join(&component.name));
            assert!(scenarios > 0, "no scenario for {}", component.path.display());
            played += 1;
        }
    }
    assert!(played >= 2, "the corpus of 1.0.0 is gone");
}
