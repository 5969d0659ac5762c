//! bindings/surface.txt names everything that crosses the border, as Kotlin sees it. Who changes the border sees
//! what the shells will see, and so does whoever reviews it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first line of the list.
const HEAD: &str = "# Everything that crosses the border, as Kotlin sees it; bindings/generator/tests/surface.rs compares it.\n";

/// The library, which `cargo xtask test` builds before the tests run.
fn library() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = folder.join(format!("{prefix}belay_ffi{suffix}"));
    assert!(library.exists(), "build it first: cargo build -p belay-ffi");
    library
}

/// The whole Kotlin side, generated from the library.
fn kotlin() -> String {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kotlin");
    let done = Command::new(env!("CARGO_BIN_EXE_belay-bindgen"))
        .args([
            "generate",
            "--no-format",
            "--language",
            "kotlin",
            "--out-dir",
        ])
        .args([&out, &library()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(done.success());
    fs::read_to_string(out.join("app/belay/core/belay.kt")).unwrap()
}

/// What a line of the generated text begins, as far as it crosses the border.
enum Block {
    Interface,
    Record,
    Enum,
    Sealed,
    Companion,
}

/// One line a declaration, members indented below it.
fn surface(kotlin: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block = None;
    for line in kotlin.lines() {
        let bare = plain(line);
        let top = !line.starts_with(' ');
        if line == "}" || line == "){" {
            block = None;
        } else if let Some(begun) = begins(line).filter(|_| !is_inner(&bare)) {
            found.push(bare.trim_end_matches(['{', '(', ' ']).to_owned());
            block = Some(begun);
        } else if top && bare.starts_with("public typealias") && !bare.contains("FfiConverter") {
            found.push(bare);
        } else if line.starts_with("     suspend fun ")
            || line.starts_with("    @Throws(BelayException::class) fun ")
        {
            // Constructors and free functions.
            found.push(bare.trim_end_matches([' ', '{']).to_owned());
        } else if let Some(block) = &block {
            found.extend(member(block, &bare));
        }
    }
    found
}

fn begins(line: &str) -> Option<Block> {
    let begun = |start: &str| line.starts_with(start);
    if begun("public interface ") {
        Some(Block::Interface)
    } else if begun("data class ") {
        Some(Block::Record)
    } else if begun("enum class ") {
        Some(Block::Enum)
    } else if begun("sealed class ") {
        Some(Block::Sealed)
    } else if begun("open class BelayCore:") {
        Some(Block::Companion)
    } else {
        None
    }
}

/// What the generator needs for itself.
fn is_inner(line: &str) -> bool {
    line.contains("Uniffi") || line.contains("FfiConverter")
}

fn member(block: &Block, line: &str) -> Option<String> {
    let wanted = match block {
        Block::Interface => line.starts_with("fun ") || line.starts_with("suspend fun "),
        Block::Record => line.starts_with("val "),
        Block::Enum => {
            let name = line.trim_end_matches([',', ';']);
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        }
        Block::Sealed => ["val ", "class ", "data class ", "object "]
            .iter()
            .any(|start| line.starts_with(start)),
        Block::Companion => false,
    };
    (wanted && !is_inner(line))
        .then(|| format!("    {}", line.trim_end_matches([' ', ',', ';', '('])))
}

/// Without the quotes around names and the names of packages that say nothing.
fn plain(line: &str) -> String {
    line.trim()
        .replace('`', "")
        .replace("kotlin.", "")
        .replace("app.belay.core.", "")
}

#[test]
fn what_crosses_the_border_is_written_down() {
    let found = surface(&kotlin());
    let listed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../surface.txt");
    let written = fs::read_to_string(&listed).unwrap_or_default();
    let expected: Vec<&str> = written
        .lines()
        .skip_while(|line| line.starts_with('#'))
        .collect();
    let missing: Vec<&String> = found
        .iter()
        .filter(|line| !expected.contains(&line.as_str()))
        .collect();
    let gone: Vec<&&str> = expected
        .iter()
        .filter(|line| !found.iter().any(|f| f == *line))
        .collect();
    let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join("surface.txt");
    fs::write(&now, format!("{HEAD}{}\n", found.join("\n"))).unwrap();
    assert!(
        expected == found,
        "the border changed; if that is meant, copy {} to bindings/surface.txt\nnew: {missing:#?}\ngone: {gone:#?}",
        now.display()
    );
}

#[test]
fn the_surface_has_functions_records_choices_and_errors() {
    let found = surface(&kotlin());
    for line in [
        "public interface BelayCoreInterface",
        "    suspend fun today(): TodayView",
        "data class NewCheckIn",
        "    val note: String? = null",
        "enum class Need",
        "    JUST_LISTEN",
        "public typealias SpaceId = String",
    ] {
        assert!(found.iter().any(|there| there == line), "{line} is missing");
    }
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("suspend fun create(config: CoreConfig"))
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("suspend fun sendFarewell("))
    );
    assert!(found.iter().any(|line| line.contains("class Unavailable")));
}
