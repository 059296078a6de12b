//! Records cut down to the members that were asked for, while they are written: nothing else is made of
//! them on the way.

use crate::{
    error::{Code, Error, Fault, Result},
    http::{
        Page,
        query::{AnyOf, Fields},
    },
};
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeStruct},
};
use std::{
    any::TypeId,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

/// A record that shows only some members; without names all of them.
#[derive(Debug)]
pub struct Narrow<'f, R> {
    record: R,
    names: Option<&'f [String]>,
}

/// Cuts a record down to the members asked for. A name the type does not have is a fault.
pub fn narrow<'a, T: Serialize + utoipa::PartialSchema + 'static>(
    record: &'a T,
    fields: Option<&'a Fields>,
) -> Result<Narrow<'a, &'a T>> {
    let names = fields.map(|AnyOf(names)| names.as_slice());
    let Some(asked) = names else { return Ok(Narrow { record, names }) };
    let known = members::<T>();
    if known.is_empty() {
        // Of a record made of two the members are told by the record itself.
        let serde_json::Value::Object(told) = serde_json::to_value(record).map_err(Error::internal)? else {
            return Ok(Narrow { record, names: None });
        };
        check(asked, &told.keys().cloned().collect::<Vec<_>>())?;
    } else {
        check(asked, known)?;
    }
    Ok(Narrow { record, names })
}

/// The same for a page.
pub fn narrow_page<T: Serialize + utoipa::PartialSchema + 'static>(
    page: Page<T>,
    fields: Option<&Fields>,
) -> Result<Page<Narrow<'_, T>>> {
    // Also where there is no record to cut down.
    if let Some(AnyOf(names)) = fields {
        check(names, members::<T>())?;
    }
    Ok(narrow_lines(page, fields))
}

/// The same where the names are known to be members.
pub fn narrow_lines<T>(page: Page<T>, fields: Option<&Fields>) -> Page<Narrow<'_, T>> {
    let names = fields.map(|AnyOf(names)| names.as_slice());
    page.map(|record| Narrow { record, names })
}

fn check(names: &[String], known: &[String]) -> Result<()> {
    if names.iter().all(|name| known.contains(name)) {
        return Ok(());
    }
    Err(Fault::parameter("fields", Code::UnknownValue).with("accepted", known.join(", ")).into())
}

/// The members a record can have; none when its schema does not list them. Made once for each type.
pub fn members<T: utoipa::PartialSchema + 'static>() -> &'static [String] {
    use utoipa::openapi::{RefOr, Schema};
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, &'static [String]>>> = LazyLock::new(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return known;
    }
    let names: Vec<String> = match T::schema() {
        RefOr::T(Schema::Object(object)) => object.properties.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    // As many as there are types, and as long as the service lives.
    known.entry(id).or_insert_with(|| Vec::leak(names))
}

impl<R: Serialize> Serialize for Narrow<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self.names {
            None => self.record.serialize(serializer),
            Some(names) => self.record.serialize(Cut { inner: serializer, names }),
        }
    }
}

/// Writes what another serializer writes, but of a record's own members only these.
struct Cut<'f, S> {
    inner: S,
    names: &'f [String],
}

/// Values that are no records are left as they are.
macro_rules! as_it_is {
    ($($method:ident($($name:ident: $type:ty),*) -> $answer:ident;)*) => {$(
        fn $method(self, $($name: $type),*) -> std::result::Result<S::$answer, S::Error> {
            self.inner.$method($($name),*)
        }
    )*};
}

impl<'f, S: Serializer> Serializer for Cut<'f, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = S::SerializeSeq;
    type SerializeTuple = S::SerializeTuple;
    type SerializeTupleStruct = S::SerializeTupleStruct;
    type SerializeTupleVariant = S::SerializeTupleVariant;
    type SerializeMap = CutMap<'f, S::SerializeMap>;
    type SerializeStruct = CutStruct<'f, S::SerializeStruct>;
    type SerializeStructVariant = S::SerializeStructVariant;

    fn serialize_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> std::result::Result<Self::SerializeStruct, S::Error> {
        let inner = self.inner.serialize_struct(name, self.names.len())?;
        Ok(CutStruct { inner, names: self.names })
    }

    fn serialize_map(self, _: Option<usize>) -> std::result::Result<Self::SerializeMap, S::Error> {
        Ok(CutMap { inner: self.inner.serialize_map(None)?, names: self.names, key: None })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> std::result::Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> std::result::Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> std::result::Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_variant(name, index, variant, value)
    }

    as_it_is! {
        serialize_bool(value: bool) -> Ok;
        serialize_i8(value: i8) -> Ok;
        serialize_i16(value: i16) -> Ok;
        serialize_i32(value: i32) -> Ok;
        serialize_i64(value: i64) -> Ok;
        serialize_u8(value: u8) -> Ok;
        serialize_u16(value: u16) -> Ok;
        serialize_u32(value: u32) -> Ok;
        serialize_u64(value: u64) -> Ok;
        serialize_f32(value: f32) -> Ok;
        serialize_f64(value: f64) -> Ok;
        serialize_char(value: char) -> Ok;
        serialize_str(value: &str) -> Ok;
        serialize_bytes(value: &[u8]) -> Ok;
        serialize_none() -> Ok;
        serialize_unit() -> Ok;
        serialize_unit_struct(name: &'static str) -> Ok;
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> Ok;
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeTupleVariant;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeStructVariant;
    }
}

struct CutStruct<'f, S> {
    inner: S,
    names: &'f [String],
}

impl<S: SerializeStruct> SerializeStruct for CutStruct<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> std::result::Result<(), S::Error> {
        if self.names.iter().any(|name| name == key) {
            self.inner.serialize_field(key, value)
        } else {
            self.inner.skip_field(key)
        }
    }

    fn end(self) -> std::result::Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

/// A record made of two is written as a map.
struct CutMap<'f, S> {
    inner: S,
    names: &'f [String],
    key: Option<String>,
}

impl<S: SerializeMap> SerializeMap for CutMap<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> std::result::Result<(), S::Error> {
        let text = serde_json::to_value(key).ok().and_then(|key| key.as_str().map(str::to_owned));
        self.key = text.filter(|key| self.names.contains(key));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> std::result::Result<(), S::Error> {
        match self.key.take() {
            Some(key) => self.inner.serialize_entry(&key, value),
            None => Ok(()),
        }
    }

    fn end(self) -> std::result::Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Serialize, utoipa::ToSchema)]
    struct Whole {
        id: i32,
        inner: Inner,
        #[serde(skip_serializing_if = "Option::is_none")]
        rest: Option<i32>,
    }

    #[derive(Serialize, utoipa::ToSchema)]
    struct Inner {
        id: i32,
        name: &'static str,
    }

    #[derive(Serialize, utoipa::ToSchema)]
    struct OfTwo {
        #[serde(flatten)]
        whole: Whole,
        more: bool,
    }

    fn whole() -> Whole {
        Whole { id: 1, inner: Inner { id: 2, name: "ấp" }, rest: None }
    }

    fn fields(names: &[&str]) -> Fields {
        AnyOf(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn text<T: Serialize + utoipa::PartialSchema + 'static>(record: &T, names: &[&str]) -> serde_json::Value {
        let fields = fields(names);
        serde_json::to_value(narrow(record, Some(&fields)).unwrap()).unwrap()
    }

    #[test]
    fn the_members_asked_for_are_shown_whole() {
        assert_eq!(text(&whole(), &["inner"]), json!({"inner": {"id": 2, "name": "ấp"}}));
        assert_eq!(text(&whole(), &["rest", "id"]), json!({"id": 1}));
        assert_eq!(text(&Some(whole()), &["id"]), json!({"id": 1}));
        assert_eq!(
            text(&OfTwo { whole: whole(), more: true }, &["more", "id"]),
            json!({"id": 1, "more": true})
        );
    }

    #[test]
    fn a_name_that_is_no_member_is_refused() {
        let fields = fields(&["id", "name"]);
        assert!(narrow(&whole(), Some(&fields)).is_err());
        let page = Page { items: Vec::<Whole>::new(), next_cursor: None };
        assert!(narrow_page(page, Some(&fields)).is_err());
        assert!(narrow(&OfTwo { whole: whole(), more: true }, Some(&fields)).is_err());
    }
}
