//! Reads `design/tokens.json`, strictly.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A colour without transparency, as 0xRRGGBB.
pub type Rgb = u32;

/// Everything the file says, in its order of names.
#[derive(Debug)]
pub struct Tokens {
    pub colours: BTreeMap<String, Colour>,
    /// Pairs that are read as text.
    pub text: Vec<Pair>,
    /// Pairs of which one is drawn on the other.
    pub graphics: Vec<Pair>,
    /// Groups of whole numbers: spaces, corners and type sizes.
    pub groups: BTreeMap<&'static str, BTreeMap<String, u32>>,
    /// Single numbers.
    pub numbers: BTreeMap<&'static str, f64>,
}

/// One colour by day and by night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    pub light: Rgb,
    pub dark: Rgb,
    /// What it is for.
    pub purpose: String,
}

/// A colour on a surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub of: String,
    pub on: String,
}

/// Objects of whole numbers.
const GROUPS: [&str; 3] = ["spaces", "corners", "type"];
/// Single numbers.
const NUMBERS: [&str; 6] = [
    "lineHeight",
    "measure",
    "target",
    "motionMs",
    "loadingAfterMs",
    "undoMs",
];

/// Reads the whole file.
pub fn tokens(text: &str) -> Result<Tokens, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let all = object(&value, "the file")?;
    for name in all.keys() {
        let known = ["colours", "contrast"].contains(&name.as_str())
            || GROUPS.contains(&name.as_str())
            || NUMBERS.contains(&name.as_str());
        if !known {
            return Err(format!("`{name}` has no meaning here"));
        }
    }
    let colours = object(get(all, "colours")?, "colours")?
        .iter()
        .map(|(name, value)| Ok((name.clone(), colour(name, value)?)))
        .collect::<Result<BTreeMap<_, _>, String>>()?;
    let contrast = object(get(all, "contrast")?, "contrast")?;
    let pairs = |kind: &str| pairs(kind, get(contrast, kind)?, &colours);
    let (text, graphics) = (pairs("text")?, pairs("graphics")?);
    let mut groups = BTreeMap::new();
    for name in GROUPS {
        let group = object(get(all, name)?, name)?
            .iter()
            .map(|(key, value)| Ok((key.clone(), whole(key, value)?)))
            .collect::<Result<BTreeMap<_, _>, String>>()?;
        groups.insert(name, group);
    }
    let mut numbers = BTreeMap::new();
    for name in NUMBERS {
        let number = get(all, name)?
            .as_f64()
            .ok_or(format!("`{name}` is no number"))?;
        numbers.insert(name, number);
    }
    Ok(Tokens {
        colours,
        text,
        graphics,
        groups,
        numbers,
    })
}

fn get<'a>(map: &'a Map<String, Value>, name: &str) -> Result<&'a Value, String> {
    map.get(name).ok_or(format!("`{name}` is missing"))
}

fn object<'a>(value: &'a Value, name: &str) -> Result<&'a Map<String, Value>, String> {
    value.as_object().ok_or(format!("{name} is no object"))
}

fn whole(name: &str, value: &Value) -> Result<u32, String> {
    value
        .as_u64()
        .and_then(|number| u32::try_from(number).ok())
        .ok_or(format!("`{name}` is no whole number"))
}

fn colour(name: &str, value: &Value) -> Result<Colour, String> {
    let fields = object(value, name)?;
    if fields.len() != 3 {
        return Err(format!(
            "colour `{name}` has light, dark and use, nothing else"
        ));
    }
    let of = |field: &str| {
        get(fields, field)?
            .as_str()
            .and_then(|text| text.strip_prefix('#'))
            .filter(|digits| digits.len() == 6)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or(format!("`{name}`: `{field}` is not #RRGGBB"))
    };
    Ok(Colour {
        light: of("light")?,
        dark: of("dark")?,
        purpose: get(fields, "use")?.as_str().unwrap_or_default().to_owned(),
    })
}

fn pairs(
    kind: &str,
    value: &Value,
    colours: &BTreeMap<String, Colour>,
) -> Result<Vec<Pair>, String> {
    let mut made = Vec::new();
    for rule in value
        .as_array()
        .ok_or(format!("contrast `{kind}` is no list"))?
    {
        let rule = object(rule, kind)?;
        for of in names(get(rule, "of")?, colours)? {
            for on in names(get(rule, "on")?, colours)? {
                made.push(Pair { of: of.clone(), on });
            }
        }
    }
    Ok(made)
}

fn names(value: &Value, colours: &BTreeMap<String, Colour>) -> Result<Vec<String>, String> {
    value
        .as_array()
        .ok_or("a pair names lists of colours")?
        .iter()
        .map(|name| {
            let name = name.as_str().unwrap_or_default();
            if colours.contains_key(name) {
                Ok(name.to_owned())
            } else {
                Err(format!(
                    "a pair names the colour `{name}`, which is not there"
                ))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REAL: &str = include_str!("../../../design/tokens.json");

    #[test]
    fn the_file_is_read_and_what_it_must_not_say_is_refused() {
        assert!(tokens(REAL).is_ok(), "{:?}", tokens(REAL).err());
        for (from, to) in [
            ("#FBF8F3", "#FBF8F"),
            ("\"measure\": 68,", ""),
            ("\"measure\"", "\"measures\""),
            ("\"card\": 12", "\"card\": \"12\""),
            ("[\"onPrimary\"]", "[\"nobody\"]"),
            ("\"use\": \"a card\"", "\"user\": \"a card\""),
        ] {
            assert!(tokens(&REAL.replace(from, to)).is_err(), "{from} -> {to}");
        }
    }
}
