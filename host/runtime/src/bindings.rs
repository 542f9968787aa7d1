//! The contract as wasmtime sees it, generated from the only copy of the WIT.

wasmtime::component::bindgen!({
    path: "../../sdk/wit",
    world: "rule",
    imports: { default: trappable },
    // What goes in is lent, so that columns are copied once, into the memory of the guest.
    ownership: Borrowing { duplicate_if_necessary: true },
});
