//! The addresses the service answers, found without its router: the router tries one pattern after another,
//! and does not say which methods an address takes.

use actix_web::dev::HttpServiceFactory;
use std::collections::HashMap;
use utoipa::openapi::path::HttpMethod;

use super::routes::{Operation, Routes};

/// What an address has in common with all of its kind: `/api/v1/tasks` of `/api/v1/tasks/{id}`. No pattern has
/// a variable in it.
pub fn family(path: &str) -> &str {
    path.match_indices('/').nth(3).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}

/// True of the addresses of a family. Most others are told apart without being cut.
pub fn is_of(path: &str, name: &str) -> bool {
    path.starts_with(name) && family(path) == name
}

/// Methods in the order in which `Allow` names them.
const METHODS: [(HttpMethod, &str); 5] = [
    (HttpMethod::Get, "GET"),
    (HttpMethod::Post, "POST"),
    (HttpMethod::Put, "PUT"),
    (HttpMethod::Patch, "PATCH"),
    (HttpMethod::Delete, "DELETE"),
];

/// One pattern.
struct Address {
    pattern: String,
    methods: Vec<HttpMethod>,
}

impl Address {
    fn fits(&self, path: &str) -> bool {
        let mut words = path.split('/');
        let fits = |part: &str, word: &str| part == word || (part.starts_with('{') && !word.is_empty());
        self.pattern.split('/').all(|part| words.next().is_some_and(|word| fits(part, word)))
            && words.next().is_none()
    }

    fn methods(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        for (_, name) in METHODS.iter().filter(|(method, _)| self.methods.contains(method)) {
            found.push(*name);
            if *name == "GET" {
                found.push("HEAD");
            }
        }
        found
    }
}

/// All of them, by family.
#[derive(Default)]
pub struct Addresses(HashMap<String, Vec<Address>>);

impl Addresses {
    /// Takes routes behind a prefix.
    pub fn under(&mut self, prefix: &'static str) -> impl Routes {
        Listed { addresses: self, prefix }
    }

    fn add(&mut self, pattern: String, methods: Vec<HttpMethod>) {
        let family = self.0.entry(family(&pattern).to_owned()).or_default();
        match family.iter_mut().find(|known| known.pattern == pattern) {
            Some(known) => known.methods.extend(methods),
            None => {
                family.push(Address { pattern, methods });
                // Of two patterns that fit, the one with fewer variables is meant.
                family.sort_by_key(|address| address.pattern.matches('{').count());
            }
        }
    }

    fn of(&self, path: &str) -> Option<&Address> {
        self.0.get(family(path))?.iter().find(|address| address.fits(path))
    }

    /// The pattern an address follows.
    pub fn pattern_of(&self, path: &str) -> Option<&str> {
        self.of(path).map(|address| address.pattern.as_str())
    }

    /// The methods an address takes; empty when there is no such address.
    pub fn methods_of(&self, path: &str) -> Vec<&'static str> {
        self.of(path).map(Address::methods).unwrap_or_default()
    }

    /// True when the address is a word where others have an id (`/documents/parse-number`) and does not
    /// take this method. The router would take it for a record of that name.
    pub fn is_word_without(&self, path: &str, method: &str) -> bool {
        let word = self.of(path).filter(|address| address.pattern == path);
        word.is_some_and(|address| !address.methods().contains(&method))
    }
}

struct Listed<'a> {
    addresses: &'a mut Addresses,
    prefix: &'static str,
}

impl Routes for Listed<'_> {
    fn service<F: HttpServiceFactory + Operation + 'static>(&mut self, _: F) -> &mut Self {
        self.addresses.add(format!("{}{}", self.prefix, F::path()), F::methods());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_by_its_words() {
        let mut all = Addresses::default();
        for (pattern, method) in [
            ("/api/v1/tasks/{id}", HttpMethod::Patch),
            ("/api/v1/tasks/{id}", HttpMethod::Get),
            ("/api/v1/tasks/{id}/parts/{part}", HttpMethod::Put),
            ("/api/v1/tasks/batch", HttpMethod::Post),
            ("/api/v1/tasks", HttpMethod::Get),
            ("/health/live", HttpMethod::Get),
        ] {
            all.add(pattern.into(), vec![method]);
        }
        for (path, pattern, methods) in [
            ("/api/v1/tasks", Some("/api/v1/tasks"), "GET HEAD"),
            ("/api/v1/tasks/7", Some("/api/v1/tasks/{id}"), "GET HEAD PATCH"),
            ("/api/v1/tasks/batch", Some("/api/v1/tasks/batch"), "POST"),
            ("/api/v1/tasks/7/parts/8", Some("/api/v1/tasks/{id}/parts/{part}"), "PUT"),
            ("/health/live", Some("/health/live"), "GET HEAD"),
            ("/api/v1/tasks/", None, ""),
            ("/api/v1/tasks/7/parts", None, ""),
            ("/api/v1/tasks/7/parts/8/9", None, ""),
            ("/api/v1/tasksy/7", None, ""),
            ("/api/v1", None, ""),
            ("/", None, ""),
            ("", None, ""),
        ] {
            assert_eq!(all.pattern_of(path), pattern, "{path}");
            assert_eq!(all.methods_of(path).join(" "), methods, "{path}");
        }
        assert!(all.is_word_without("/api/v1/tasks/batch", "GET"));
        assert!(!all.is_word_without("/api/v1/tasks/batch", "POST"));
        assert!(!all.is_word_without("/api/v1/tasks/7", "DELETE"), "no word");
    }
}
