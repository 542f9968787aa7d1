//! The shape of a contract: what of its text wasmtime and the SDKs depend on.

use std::collections::{BTreeMap, BTreeSet};

use wit_parser::{Function, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldItem, WorldKey};

/// A contract as what depends on it sees it: words only, so that comparing is comparing texts.
#[derive(Debug)]
pub(super) struct Shape {
    /// Major, minor, patch.
    pub(super) version: (u64, u64, u64),
    /// `namespace:name`.
    package: String,
    /// Functions of imported interfaces, by `interface.function`.
    imported: BTreeMap<String, String>,
    /// Types of interfaces, by `interface.type`.
    types: BTreeMap<String, String>,
    /// What is exported, by name.
    exported: BTreeMap<String, String>,
    /// Names of imported interfaces, and of anything else that is imported.
    interfaces: BTreeSet<String>,
}

impl Shape {
    /// Reads a WIT text with a world `rule`.
    pub(super) fn read(wit: &str) -> Self {
        let mut resolve = Resolve::default();
        let package = resolve.push_str("rule.wit", wit).expect("WIT");
        let world = resolve.select_world(&[package], Some("rule")).expect("a world `rule`");
        let name = &resolve.packages[package].name;
        let version = name.version.as_ref().expect("a version");
        let mut shape = Self {
            version: (version.major, version.minor, version.patch),
            package: format!("{}:{}", name.namespace, name.name),
            imported: BTreeMap::new(),
            types: BTreeMap::new(),
            exported: BTreeMap::new(),
            interfaces: BTreeSet::new(),
        };
        let world = &resolve.worlds[world];
        for item in world.imports.values() {
            match item {
                WorldItem::Interface { id, .. } => shape.import(&resolve, *id),
                WorldItem::Type { .. } => {} // A name in the world for a type of an interface.
                WorldItem::Function(function) => {
                    shape.interfaces.insert(format!("function {}", function.name));
                }
            }
        }
        for (key, item) in &world.exports {
            let (name, text) = match (key, item) {
                (WorldKey::Name(name), WorldItem::Function(f)) => (name.clone(), signature(&resolve, f)),
                (key, item) => (format!("{key:?}"), format!("{item:?}")),
            };
            shape.exported.insert(name, text);
        }
        shape
    }

    fn import(&mut self, resolve: &Resolve, id: InterfaceId) {
        let interface = &resolve.interfaces[id];
        let of = interface.name.clone().unwrap_or_else(|| "inline".to_owned());
        for (name, function) in &interface.functions {
            self.imported.insert(format!("{of}.{name}"), signature(resolve, function));
        }
        for (name, id) in &interface.types {
            self.types.insert(format!("{of}.{name}"), definition(resolve, *id));
        }
        self.interfaces.insert(of);
    }

    /// Everything about `self` that breaks rules that were built for `released`.
    pub(super) fn breaks(&self, released: &Self) -> Vec<String> {
        let mut broken = Vec::new();
        if self.package != released.package || self.version.0 != released.version.0 {
            broken.push(format!("it is {} {:?}, not of the same major version", self.package, self.version));
        }
        if self.interfaces != released.interfaces {
            broken.push(format!("it imports {:?}, not {:?}", self.interfaces, released.interfaces));
        }
        if self.exported != released.exported {
            differ("export", &released.exported, &self.exported, true, &mut broken);
        }
        differ("function", &released.imported, &self.imported, false, &mut broken);
        differ("type", &released.types, &self.types, false, &mut broken);
        let adds = self.imported.len() > released.imported.len();
        if adds && self.version.1 <= released.version.1 && broken.is_empty() {
            broken.push("there is a new function, and the minor version is not a later one".to_owned());
        }
        broken
    }
}

fn differ(
    what: &str,
    before: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    is_closed: bool,
    broken: &mut Vec<String>,
) {
    for (name, text) in before {
        match now.get(name) {
            None => broken.push(format!("the {what} {name} is gone")),
            Some(other) if other != text => broken.push(format!("the {what} {name} was {text}, is {other}")),
            Some(_) => {}
        }
    }
    for name in now.keys().filter(|name| is_closed && !before.contains_key(*name)) {
        broken.push(format!("the {what} {name} is new"));
    }
}

fn signature(resolve: &Resolve, function: &Function) -> String {
    let params: Vec<String> =
        function.params.iter().map(|p| format!("{}: {}", p.name, named(resolve, &p.ty))).collect();
    let result =
        function.result.as_ref().map_or_else(String::new, |ty| format!(" -> {}", named(resolve, ty)));
    format!("{:?}({}){result}", function.kind, params.join(", "))
}

/// A type by its name, or by what it is made of where it has none. What is only another name for a type is that type.
fn named(resolve: &Resolve, ty: &Type) -> String {
    let Type::Id(id) = ty else { return format!("{ty:?}").to_lowercase() };
    let def = &resolve.types[*id];
    match (&def.kind, &def.name, &def.owner) {
        (TypeDefKind::Type(same), ..) => named(resolve, same),
        (_, Some(name), TypeOwner::Interface(of)) => {
            format!("{}.{name}", resolve.interfaces[*of].name.as_deref().unwrap_or("inline"))
        }
        _ => definition(resolve, *id),
    }
}

fn definition(resolve: &Resolve, id: TypeId) -> String {
    let of = |ty: &Type| named(resolve, ty);
    let maybe = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "_".to_owned(), of);
    match &resolve.types[id].kind {
        TypeDefKind::Record(record) => {
            let fields: Vec<String> =
                record.fields.iter().map(|f| format!("{}: {}", f.name, of(&f.ty))).collect();
            format!("record {{ {} }}", fields.join(", "))
        }
        TypeDefKind::Variant(variant) => {
            let cases: Vec<String> =
                variant.cases.iter().map(|c| format!("{}({})", c.name, maybe(&c.ty))).collect();
            format!("variant {{ {} }}", cases.join(", "))
        }
        TypeDefKind::Enum(words) => {
            let cases: Vec<&str> = words.cases.iter().map(|c| c.name.as_str()).collect();
            format!("enum {{ {} }}", cases.join(", "))
        }
        TypeDefKind::Option(ty) => format!("option<{}>", of(ty)),
        TypeDefKind::List(ty) => format!("list<{}>", of(ty)),
        TypeDefKind::Result(result) => format!("result<{}, {}>", maybe(&result.ok), maybe(&result.err)),
        TypeDefKind::Tuple(tuple) => {
            format!("tuple<{}>", tuple.types.iter().map(of).collect::<Vec<_>>().join(", "))
        }
        TypeDefKind::Type(ty) => of(ty),
        other => format!("{other:?}"), // Resources, streams and the like: none so far.
    }
}
