//! Writes the catalogues as Swift: one protocol an area, and all of them together as `Words`.

use std::fmt::Write as _;

use super::catalogue::{Area, Catalogue, Text, camel};
use super::emit::{Variant, area_types, inside, parameters};
use super::file::Generated;
use super::language::Form;
use super::literal;

/// Every Swift file of the catalogue.
pub fn files(catalogue: &Catalogue) -> Vec<Generated> {
    let mut files: Vec<Generated> = catalogue
        .areas
        .iter()
        .map(|area| Generated::new(format!("{}Words.swift", area.type_name()), &area_file(area)))
        .collect();
    files.push(Generated::new("Words.swift", &words_file(catalogue)));
    files
}

fn area_file(area: &Area) -> String {
    let kind = area.type_name();
    let member = camel(&area.name);
    let mut out = format!(
        "\n/// The texts of words/{}.toml.\npublic protocol {kind}Words {{\n",
        area.name
    );
    for text in &area.texts {
        let note = text
            .note
            .as_ref()
            .map(|note| format!(" ({note})"))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "  /// {}",
            literal::comment(&format!("{}{note}", text.english()))
        );
        let get = if text.holes.is_empty() {
            " { get }"
        } else {
            ""
        };
        let _ = writeln!(out, "  {}{get}", declaration(text));
    }
    if area.lookup {
        let _ = writeln!(
            out,
            "  /// The text whose key is this stable word of the core; nil when there is none.\n  \
             func {member}Text(_ id: String) -> String?"
        );
    }
    let safety = area.texts.iter().any(|text| text.safety);
    if safety {
        let _ = writeln!(
            out,
            "  /// Whether a safety text of this area waits for a native professional to read it.\n  \
             var {member}NotYetReviewed: Bool {{ get }}"
        );
    }
    out.push_str("}\n");
    for variant in Variant::ALL {
        let _ = writeln!(out, "\nextension Words{}: {kind}Words {{", variant.suffix());
        for text in &area.texts {
            let _ = writeln!(
                out,
                "  public {} {}",
                declaration(text),
                body(text, variant)
            );
        }
        if area.lookup {
            let _ = writeln!(
                out,
                "  public func {member}Text(_ id: String) -> String? {{\n    switch textKey(id) {{"
            );
            for text in area.plain() {
                let _ = writeln!(out, "    case \"{}\": return {}", text.key, text.member);
            }
            out.push_str("    default: return nil\n    }\n  }\n");
        }
        if safety {
            let awaits = area.awaits_review(variant.language());
            let _ = writeln!(
                out,
                "  public var {member}NotYetReviewed: Bool {{ {awaits} }}"
            );
        }
        out.push_str("}\n");
    }
    out
}

fn declaration(text: &Text) -> String {
    if text.holes.is_empty() {
        return format!("var {}: String", text.member);
    }
    let list: Vec<String> = parameters(text)
        .into_iter()
        .map(|(name, counts)| format!("{name}: {}", if counts { "Int" } else { "String" }))
        .collect();
    format!("func {}({}) -> String", text.member, list.join(", "))
}

fn body(text: &Text, variant: Variant) -> String {
    let wordings = variant.wordings(text);
    let literal = |form: Form| {
        wordings
            .iter()
            .find(|(given, _)| *given == form)
            .map(|(_, template)| {
                format!(
                    "\"{}\"",
                    inside(template, literal::swift, |name| format!("\\({name})"))
                )
            })
    };
    let other = literal(Form::Other).unwrap_or_default();
    if !text.counts() {
        return format!("{{ {other} }}");
    }
    let (mark, least) = variant.language().grouping();
    let mut out = format!("{{\n    let number = grouped(count, by: \"{mark}\", from: {least})\n");
    for (form, test) in [
        (Form::One, "isOne(count)"),
        (Form::Many, "isMillions(count)"),
    ] {
        if let Some(literal) = literal(form) {
            let _ = writeln!(out, "    if {test} {{ return {literal} }}");
        }
    }
    let _ = write!(out, "    return {other}\n  }}");
    out
}

fn words_file(catalogue: &Catalogue) -> String {
    let mut out = format!(
        "\n/// Every text that a person reads.\npublic protocol Words: {}, Sendable {{\n  \
         /// The tag of the language these texts are in.\n  var languageTag: String {{ get }}\n}}\n",
        area_types(catalogue).join(", ")
    );
    for variant in Variant::ALL {
        let _ = write!(
            out,
            "\n/// The texts for `{tag}`.\npublic struct Words{}: Words {{\n  public init() {{}}\n  \
             public var languageTag: String {{ \"{tag}\" }}\n}}\n",
            variant.suffix(),
            tag = variant.tag(),
        );
    }
    out.push_str(RUNTIME);
    out
}

/// What does not depend on the texts.
const RUNTIME: &str = r#"
/// A language to choose: its tag and its own name.
public struct WordsLanguage: Sendable, Hashable, Identifiable {
  public let tag: String
  public let ownName: String
  public var id: String { tag }
}

/// The languages that have texts, the first one being the original.
public let wordsLanguages: [WordsLanguage] = [
  WordsLanguage(tag: "en", ownName: "English"),
  WordsLanguage(tag: "de", ownName: "Deutsch"),
  WordsLanguage(tag: "es", ownName: "Español"),
]

/// The texts for a language tag such as `de-AT`; English where Belay does not speak the language.
public func wordsFor(_ languageTag: String) -> any Words {
  let parts = languageTag.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" })
  switch parts.first {
  case "de": return WordsDe()
  case "es": return WordsEs()
  case "en" where parts.contains("xa"): return WordsPseudo()
  default: return WordsEn()
  }
}

/// What happened, in a sentence, and what a person can do.
public struct ProblemWords: Sendable, Hashable {
  public let title: String
  public let whatToDo: String
}

extension Words {
  /// The words for an error of the core: its stable code (`unavailable`) and detail (`no-relay`, `title.empty`).
  /// What stands nearest is taken: code and detail, code and the end of the detail, the code alone.
  public func problem(_ code: String, detail: String? = nil) -> ProblemWords {
    var ids = [code]
    if let detail {
      ids.insert("\(code)-\(detail.split(separator: ".").last ?? "")", at: 0)
      ids.insert("\(code)-\(detail)", at: 0)
    }
    let id = ids.first { errorsText($0) != nil } ?? "internal"
    return ProblemWords(title: errorsText(id) ?? "", whatToDo: errorsText("\(id)-do") ?? "")
  }
}

func textKey(_ id: String) -> String {
  String(id.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
}

func isOne(_ count: Int) -> Bool { count == 1 || count == -1 }

func isMillions(_ count: Int) -> Bool { count != 0 && count % 1_000_000 == 0 }

func grouped(_ count: Int, by mark: String, from least: Int) -> String {
  let digits = String(count.magnitude)
  let sign = count < 0 ? "-" : ""
  guard digits.count >= least else { return sign + digits }
  var made = ""
  for (place, digit) in digits.enumerated() {
    if place > 0 && (digits.count - place) % 3 == 0 { made += mark }
    made.append(digit)
  }
  return sign + made
}
"#;
