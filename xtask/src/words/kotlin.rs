//! Writes the catalogues as Kotlin: one interface an area, and all of them together as `Words`.

use std::fmt::Write as _;

use super::catalogue::{Area, Catalogue, Text};
use super::emit::{Variant, area_types, inside, parameters};
use super::file::Generated;
use super::language::Form;
use super::literal;

const FOLDER: &str = "app/belay/words";

/// Every Kotlin file of the catalogue.
pub fn files(catalogue: &Catalogue) -> Vec<Generated> {
    let mut files: Vec<Generated> = catalogue
        .areas
        .iter()
        .map(|area| {
            let name = format!("{FOLDER}/{}Words.kt", area.type_name());
            Generated::new(name, &area_file(area))
        })
        .collect();
    files.push(Generated::new(
        format!("{FOLDER}/Words.kt"),
        &words_file(catalogue),
    ));
    files
}

fn area_file(area: &Area) -> String {
    let kind = area.type_name();
    let mut out = format!(
        "package app.belay.words\n\n/** The texts of words/{}.toml. */\ninterface {kind}Words {{\n",
        area.name
    );
    for text in &area.texts {
        let _ = writeln!(out, "    /** {} */", literal::comment(&described(text)));
        let _ = writeln!(out, "    {}\n", declaration(text));
    }
    if area.lookup {
        let _ = writeln!(
            out,
            "    /** The text whose key is this stable word of the core; null when there is none. */\n    \
             fun {}Text(id: String): String?\n",
            area_member(area)
        );
    }
    if has_safety(area) {
        let _ = writeln!(
            out,
            "    /** Whether a safety text of this area waits for a native professional to read it. */\n    \
             val {}NotYetReviewed: Boolean\n",
            area_member(area)
        );
    }
    out.push_str("}\n");
    for variant in Variant::ALL {
        area_object(&mut out, area, variant);
    }
    out
}

fn area_object(out: &mut String, area: &Area, variant: Variant) {
    let kind = area.type_name();
    let _ = writeln!(
        out,
        "\ninternal object {kind}Words{} : {kind}Words {{",
        variant.suffix()
    );
    for text in &area.texts {
        let _ = writeln!(
            out,
            "    override {}{}",
            declaration(text),
            body(text, variant)
        );
    }
    if area.lookup {
        let _ = writeln!(
            out,
            "    override fun {}Text(id: String): String? =\n        when (id.toKey()) {{",
            area_member(area)
        );
        for text in area.plain() {
            let _ = writeln!(out, "            \"{}\" -> {}", text.key, text.member);
        }
        out.push_str("            else -> null\n        }\n");
    }
    if has_safety(area) {
        let awaits = area.awaits_review(variant.language());
        let _ = writeln!(
            out,
            "    override val {}NotYetReviewed: Boolean get() = {awaits}",
            area_member(area)
        );
    }
    out.push_str("}\n");
}

fn declaration(text: &Text) -> String {
    if text.holes.is_empty() {
        return format!("val {}: String", text.member);
    }
    let list: Vec<String> = parameters(text)
        .into_iter()
        .map(|(name, counts)| format!("{name}: {}", if counts { "Int" } else { "String" }))
        .collect();
    format!("fun {}({}): String", text.member, list.join(", "))
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
                    inside(template, literal::kotlin, |name| format!("${{{name}}}"))
                )
            })
    };
    let other = literal(Form::Other).unwrap_or_default();
    if text.holes.is_empty() {
        return format!(" get() = {other}");
    }
    if !text.counts() {
        return format!(" = {other}");
    }
    let (mark, least) = variant.language().grouping();
    let mut out = format!(
        " {{\n        val number = grouped(count, \"{mark}\", {least})\n        return when {{\n"
    );
    for (form, test) in [
        (Form::One, "isOne(count)"),
        (Form::Many, "isMillions(count)"),
    ] {
        if let Some(literal) = literal(form) {
            let _ = writeln!(out, "            {test} -> {literal}");
        }
    }
    let _ = write!(out, "            else -> {other}\n        }}\n    }}");
    out
}

fn words_file(catalogue: &Catalogue) -> String {
    let types = area_types(catalogue);
    let mut out = String::from(
        "package app.belay.words\n\n/** Every text that a person reads. */\ninterface Words :\n",
    );
    let _ = writeln!(out, "    {} {{", types.join(",\n    "));
    out.push_str(
        "    /** The tag of the language these texts are in. */\n    val languageTag: String\n}\n",
    );
    for variant in Variant::ALL {
        let suffix = variant.suffix();
        let bases: Vec<String> = types
            .iter()
            .map(|kind| format!("{kind} by {kind}{suffix}"))
            .collect();
        let _ = write!(
            out,
            "\n/** The texts in {}. */\nobject Words{suffix} :\n    Words,\n    {} {{\n    \
             override val languageTag: String get() = \"{}\"\n}}\n",
            described_variant(variant),
            bases.join(",\n    "),
            variant.tag()
        );
    }
    out.push_str(RUNTIME);
    out
}

/// What does not depend on the texts.
const RUNTIME: &str = r#"
/** A language to choose: its tag and its own name. */
data class WordsLanguage(val tag: String, val ownName: String)

/** The languages that have texts, the first one being the original. */
val wordsLanguages: List<WordsLanguage> =
    listOf(WordsLanguage("en", "English"), WordsLanguage("de", "Deutsch"), WordsLanguage("es", "Español"))

/** The texts for a language tag such as `de-AT`; English where Belay does not speak the language. */
fun wordsFor(languageTag: String): Words {
    val parts = languageTag.lowercase().split('-', '_')
    return when {
        parts.firstOrNull() == "de" -> WordsDe
        parts.firstOrNull() == "es" -> WordsEs
        parts.firstOrNull() == "en" && "xa" in parts -> WordsPseudo
        else -> WordsEn
    }
}

/** What happened, in a sentence, and what a person can do. */
data class ProblemWords(val title: String, val whatToDo: String)

/**
 * The words for an error of the core: its stable code (`unavailable`) and detail (`no-relay`, `title.empty`).
 * What stands nearest is taken: code and detail, code and the end of the detail, the code alone.
 */
fun Words.problem(code: String, detail: String? = null): ProblemWords {
    val ids = listOfNotNull(detail?.let { "$code-$it" }, detail?.let { "$code-${it.substringAfterLast('.')}" }, code)
    val id = ids.firstOrNull { errorsText(it) != null } ?: "internal"
    return ProblemWords(errorsText(id).orEmpty(), errorsText("$id-do").orEmpty())
}

internal fun String.toKey(): String =
    lowercase().map { if (it in 'a'..'z' || it in '0'..'9') it else '_' }.joinToString("")

internal fun isOne(count: Int): Boolean = count == 1 || count == -1

internal fun isMillions(count: Int): Boolean = count != 0 && count % 1_000_000 == 0

internal fun grouped(count: Int, mark: String, least: Int): String {
    val digits = count.toString().removePrefix("-")
    val sign = if (count < 0) "-" else ""
    if (digits.length < least) return sign + digits
    return sign + digits.reversed().chunked(3).joinToString(mark.reversed()).reversed()
}
"#;

fn described_variant(variant: Variant) -> &'static str {
    match variant {
        Variant::Of(language) => language.own_name(),
        Variant::Pseudo => "accented, longer English that shows what is cut off or not translated",
    }
}

fn described(text: &Text) -> String {
    match &text.note {
        Some(note) => format!("{} ({note})", text.english()),
        None => text.english(),
    }
}

fn area_member(area: &Area) -> String {
    super::catalogue::camel(&area.name)
}

fn has_safety(area: &Area) -> bool {
    area.texts.iter().any(|text| text.safety)
}
