//! `#[derive(State)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitInt, parse_quote};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let number = number(input)?;
    let (name, parts) = match &input.data {
        Data::Struct(data) => ("struct", parts(&data.fields)),
        Data::Enum(data) => {
            let variants = data.variants.iter().map(|variant| {
                let (name, parts) = (variant.ident.to_string(), parts(&variant.fields));
                quote!((#name, ::plaudit_sdk::__private::schema("variant", 0, &[#(#parts),*])))
            });
            ("enum", variants.collect())
        }
        Data::Union(_) => {
            return Err(syn::Error::new_spanned(&input.ident, "a state is a struct or an enum"));
        }
    };
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(::plaudit_sdk::State));
    }
    // The bounds of serde's own impls, whatever attributes they were given.
    let (_, own_types, _) = input.generics.split_for_impl();
    if !input.generics.params.is_empty() {
        generics.make_where_clause().predicates.push(parse_quote!(
            #ident #own_types: ::plaudit_sdk::__private::Serialize + ::plaudit_sdk::__private::DeserializeOwned
        ));
    }
    let (impl_generics, types, wheres) = generics.split_for_impl();
    Ok(quote! {
        impl #impl_generics ::plaudit_sdk::State for #ident #types #wheres {
            const SCHEMA: u32 = ::plaudit_sdk::__private::schema(#name, #number, &[#(#parts),*]);
        }
    })
}

/// Each field's name, or place, with the number of its type.
fn parts(fields: &Fields) -> Vec<TokenStream> {
    let part = |(place, field): (usize, &syn::Field)| {
        let name = field.ident.as_ref().map_or_else(|| place.to_string(), ToString::to_string);
        let ty = &field.ty;
        quote!((#name, <#ty as ::plaudit_sdk::State>::SCHEMA))
    };
    fields.iter().enumerate().map(part).collect()
}

/// `#[state(schema = 2)]`; 1 without.
fn number(input: &DeriveInput) -> syn::Result<u32> {
    let mut number = 1;
    for attribute in input.attrs.iter().filter(|a| a.path().is_ident("state")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("schema") {
                return Err(
                    meta.error("there is `schema`, a number that is raised when the state's meaning changes")
                );
            }
            number = meta.value()?.parse::<LitInt>()?.base10_parse()?;
            Ok(())
        })?;
    }
    Ok(number)
}
