//! Which fields of an event may enter the house: those that somebody declared.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{Id, metric::MetricDefinition};
use plaudit_store::{Store, StoreError, family, family::field::Fields};

use super::source::Mapping;

/// Declared fields by event type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    by_type: BTreeMap<Id, BTreeSet<Id>>,
}

/// More event types than anybody declares.
const TYPES_MAX: usize = 10_000;

impl Declared {
    /// From the catalogue's metrics, the fields declared for themselves, and the sources.
    ///
    /// # Errors
    /// The store fails.
    pub fn collect<'a>(
        metrics: impl IntoIterator<Item = &'a MetricDefinition>,
        store: &dyn Store,
        sources: impl IntoIterator<Item = &'a Mapping>,
    ) -> Result<Self, StoreError> {
        let mut declared = Self::default();
        for metric in metrics {
            // A metric that no longer compiles (an older release wrote it) declares nothing; the engine reports it.
            if let Ok(compiled) = plaudit_core::metric::compile(metric) {
                for kind in &metric.types {
                    declared.add(kind.clone(), compiled.fields());
                }
            }
        }
        for (kind, fields) in family::scan::<Fields>(store, None, TYPES_MAX)? {
            declared.add(kind.into(), fields.names);
        }
        for mapping in sources {
            declared.add(ANY.into(), mapping.field_names().cloned());
        }
        Ok(declared)
    }

    /// Declares fields of a type.
    pub fn add(&mut self, kind: Id, names: impl IntoIterator<Item = Id>) {
        self.by_type.entry(kind).or_default().extend(names);
    }

    /// Whether a field of events of this type is kept.
    pub fn keeps(&self, kind: &str, field: &str) -> bool {
        [kind, ANY].iter().any(|k| self.by_type.get(*k).is_some_and(|names| names.contains(field)))
    }
}

/// Stands for every type: a source's mapping may compute the type, and it names its fields one by one anyway.
const ANY: &str = "*";

#[cfg(test)]
mod tests {
    use plaudit_store::memory::MemoryStore;

    use super::*;

    #[test]
    fn what_a_metric_reads_is_kept_and_nothing_else() {
        let catalogue = crate::config::catalogue::default().unwrap();
        let declared = Declared::collect(&catalogue.metrics, &MemoryStore::default(), []).unwrap();
        assert!(declared.keeps("survey.answered", "csat"));
        assert!(!declared.keeps("survey.answered", "phone"));
        assert!(!declared.keeps("contact.completed", "csat"));
    }
}
