//! `#[derive(Settings)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Fields, FieldsNamed};

use crate::attributes::Attributes;

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => of_struct(input, fields),
            _ => Err(syn::Error::new_spanned(
                &input.ident,
                "settings need named fields: they become the form's",
            )),
        },
        Data::Enum(data) => of_enum(input, data),
        Data::Union(_) => {
            Err(syn::Error::new_spanned(&input.ident, "settings are structs or enums of unit variants"))
        }
    }
}

fn of_struct(input: &DeriveInput, fields: &FieldsNamed) -> syn::Result<TokenStream> {
    let own = Attributes::read(&input.attrs)?;
    let (title, help) = (&own.title, &own.help);
    let (mut names, mut idents, mut locals) = (vec![], vec![], vec![]);
    let (mut describe, mut read, mut write) = (vec![], vec![], vec![]);
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let attributes = Attributes::read(&field.attrs)?;
        let name = attributes
            .rename
            .clone()
            .unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_string());
        let constant = constant(&name, &attributes);
        let ty = &field.ty;
        let default = attributes.default.as_ref();
        let (shown, made) = match default {
            Some(default) => (
                quote!(::core::option::Option::Some({ let value: #ty = #default; value })),
                quote!(::core::option::Option::Some(|| { let value: #ty = #default; value })),
            ),
            None => (quote!(::core::option::Option::None), quote!(::core::option::Option::None)),
        };
        // Not the field's own name: that might be `at` or `object`.
        let local = format_ident!("field_{}", idents.len());
        describe.push(quote!(#constant.describe::<#ty>(&mut schema, #shown);));
        read.push(quote!(let #local = #constant.read::<#ty>(object, at, problems, #made);));
        write.push(
            quote!(object.insert(#name.into(), ::plaudit_sdk::settings::Settings::write(&self.#ident));),
        );
        names.push(name);
        idents.push(ident);
        locals.push(local);
    }
    let ident = &input.ident;
    Ok(quote! {
        impl ::plaudit_sdk::settings::Settings for #ident {
            fn schema() -> ::plaudit_sdk::__private::Value {
                let mut schema = ::plaudit_sdk::settings::object_schema(#title, #help);
                #(#describe)*
                schema
            }
            fn read(
                value: &::plaudit_sdk::__private::Value,
                at: &::plaudit_sdk::settings::Pointer<'_>,
                problems: &mut ::std::vec::Vec<::plaudit_sdk::settings::Problem>,
            ) -> ::core::option::Option<Self> {
                let object = ::plaudit_sdk::settings::object(value, &[#(#names),*], at, problems)?;
                #(#read)*
                ::core::option::Option::Some(Self { #(#idents: #locals?),* })
            }
            fn write(&self) -> ::plaudit_sdk::__private::Value {
                let mut object = ::plaudit_sdk::__private::Map::new();
                #(#write)*
                ::plaudit_sdk::__private::Value::Object(object)
            }
        }
    })
}

/// The field's attributes as a value of the SDK.
fn constant(name: &str, attributes: &Attributes) -> TokenStream {
    let Attributes { title, help, choices, .. } = attributes;
    let some = |value: Option<TokenStream>| match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    };
    let unit = some(attributes.unit.as_ref().map(|u| quote!(#u)));
    let pick = some(attributes.pick.map(|p| quote!(#p)));
    let min = some(attributes.min.as_ref().map(|e| quote!((#e) as f64)));
    let max = some(attributes.max.as_ref().map(|e| quote!((#e) as f64)));
    let items_min = some(attributes.items_min.as_ref().map(|e| quote!(#e)));
    let items_max = some(attributes.items_max.as_ref().map(|e| quote!(#e)));
    quote! {
        ::plaudit_sdk::settings::Field {
            name: #name, title: #title, help: #help, unit: #unit, pick: #pick, min: #min, max: #max,
            items_min: #items_min, items_max: #items_max, choices: &[#(#choices),*],
        }
    }
}

fn of_enum(input: &DeriveInput, data: &DataEnum) -> syn::Result<TokenStream> {
    let (mut names, mut titles, mut variants) = (vec![], vec![], vec![]);
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(syn::Error::new_spanned(variant, "a choice of the settings can't have fields"));
        }
        let attributes = Attributes::read(&variant.attrs)?;
        names.push(attributes.rename.clone().unwrap_or_else(|| kebab(&variant.ident.to_string())));
        titles.push(attributes.title);
        variants.push(&variant.ident);
    }
    let ident = &input.ident;
    let index = 0..variants.len();
    Ok(quote! {
        impl ::plaudit_sdk::settings::Settings for #ident {
            fn schema() -> ::plaudit_sdk::__private::Value {
                ::plaudit_sdk::settings::choice_schema(&[#((#names, #titles)),*])
            }
            fn read(
                value: &::plaudit_sdk::__private::Value,
                at: &::plaudit_sdk::settings::Pointer<'_>,
                problems: &mut ::std::vec::Vec<::plaudit_sdk::settings::Problem>,
            ) -> ::core::option::Option<Self> {
                match ::plaudit_sdk::settings::choice(value, &[#(#names),*], at, problems)? {
                    #(#index => ::core::option::Option::Some(Self::#variants),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn write(&self) -> ::plaudit_sdk::__private::Value {
                let name = match self { #(Self::#variants => #names),* };
                ::core::convert::Into::into(name)
            }
        }
    })
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.char_indices() {
        if c.is_uppercase() && i > 0 {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
