//! What the system says about language and region.

/// The language that the system's locale names.
pub fn language() -> String {
    of_system().0
}

/// Language and region that the system's locale names, such as `de_AT.UTF-8`.
pub fn of_system() -> (String, Option<String>) {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    of_locale(said.as_deref().unwrap_or_default())
}

fn of_locale(locale: &str) -> (String, Option<String>) {
    let locale = locale.split(['.', '@']).next().unwrap_or_default();
    let region = locale.split_once(['_', '-']).map(|(_, region)| region);
    let region = region.filter(|region| region.len() == 2);
    (locale.to_owned(), region.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_language_and_region() {
        let of = |locale| {
            let (language, region) = of_locale(locale);
            (language, region.unwrap_or_default())
        };
        let pair = |language: &str, region: &str| (language.to_owned(), region.to_owned());
        assert_eq!(of("de_AT.UTF-8"), pair("de_AT", "AT"));
        assert_eq!(of("es_ES@euro"), pair("es_ES", "ES"));
        assert_eq!(of("es-419"), pair("es-419", ""));
        assert_eq!(of("C.UTF-8"), pair("C", ""));
        assert_eq!(of(""), pair("", ""));
    }
}
