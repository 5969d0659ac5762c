//! What the shells need on this machine. On Debian, as root, what is missing is installed; elsewhere one line says what
//! to install.

use std::path::Path;
use std::process::{Command, Stdio};

use super::job;

/// Whether each shell can be built here.
pub struct Tools {
    /// An error says what to install.
    pub kotlin: Result<(), String>,
    pub swift: Result<Swift, String>,
}

/// How Swift programs are started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swift {
    /// The machine's own toolchain.
    Own,
    /// Debian's toolchain in a folder of its own, through `ios/swift-linux.sh`.
    Apart,
}

/// What Kotlin's build and pictures need: a program or file that shows it is there, and Debian's package with it.
const KOTLIN: [(Sign, &str); 12] = [
    (Sign::Program("javac"), "default-jdk"),
    (Sign::Program("mvn"), "maven"),
    (Sign::Program("unzip"), "unzip"),
    (Sign::Program("aapt2"), "aapt"),
    (Sign::Program("fc-list"), "fontconfig"),
    (Sign::Program("Xvfb"), "xvfb"),
    (Sign::Program("xwininfo"), "x11-utils"),
    (Sign::Library("libGL.so.1"), "libgl1"),
    (Sign::Library("libX11.so.6"), "libx11-6"),
    (Sign::Library("libfontconfig.so.1"), "libfontconfig1"),
    (
        Sign::File("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
        "fonts-dejavu-core",
    ),
    (
        Sign::File("/usr/share/android-framework-res/framework-res.apk"),
        "android-framework-res",
    ),
];

/// How to see that something is installed.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Program(&'static str),
    Library(&'static str),
    File(&'static str),
}

impl Tools {
    /// Looks for everything, and installs what it may. Waits long on a machine that has nothing yet.
    pub fn find(root: &Path) -> Self {
        // One after the other: both may ask apt, which serves one at a time.
        let kotlin = Self::find_kotlin(root);
        Self {
            kotlin,
            swift: swift(root),
        }
    }

    /// What Kotlin's side needs alone.
    pub fn find_kotlin(root: &Path) -> Result<(), String> {
        kotlin(root)
    }
}

fn kotlin(root: &Path) -> Result<(), String> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let advice = || {
        format!(
            "install a JDK (17 or newer), Maven and Debian's {} or their like",
            packages(&missing)
        )
    };
    if !may_install() {
        return Err(advice());
    }
    for args in [
        vec!["update", "-q"],
        [
            &["install", "-q", "-y", "--no-install-recommends"][..],
            &missing,
        ]
        .concat(),
    ] {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        if !job::run(root, "apt", &mut command).succeeded {
            return Err(format!(
                "{}; apt-get could not (target/xtask/apt.log)",
                advice()
            ));
        }
    }
    let left = self::missing();
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("apt-get brought no {}", packages(&left)))
    }
}

fn swift(root: &Path) -> Result<Swift, String> {
    if may_install() {
        let mut command = Command::new(root.join("ios/swift-linux.sh"));
        return if job::run(root, "swift-install", command.arg("install")).succeeded {
            Ok(Swift::Apart)
        } else {
            Err("ios/swift-linux.sh install did not get to its end (target/xtask/swift-install.log)".into())
        };
    }
    if has_program("swift") {
        Ok(Swift::Own)
    } else {
        Err("install Swift 6 (swift.org), or run as root on Debian, where ios/swift-linux.sh brings it".into())
    }
}

fn missing() -> Vec<&'static str> {
    KOTLIN
        .iter()
        .filter(|(sign, _)| !sign.is_there())
        .map(|(_, package)| *package)
        .collect()
}

fn packages(missing: &[&str]) -> String {
    missing.join(", ")
}

impl Sign {
    fn is_there(self) -> bool {
        match self {
            Self::Program(name) => has_program(name),
            // Only Linux has these; elsewhere the toolkit brings what it draws with.
            _ if !cfg!(target_os = "linux") => true,
            Self::File(path) => Path::new(path).exists(),
            Self::Library(name) => library_folders()
                .iter()
                .any(|folder| folder.join(name).exists()),
        }
    }
}

fn library_folders() -> Vec<std::path::PathBuf> {
    let machine = format!("{}-linux-gnu", std::env::consts::ARCH);
    ["/usr/lib", "/lib"]
        .iter()
        .flat_map(|base| {
            [
                Path::new(base).join(&machine),
                Path::new(base).to_path_buf(),
            ]
        })
        .chain([Path::new("/usr/lib64").to_path_buf()])
        .collect()
}

fn has_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Debian, or what descends from it, as root.
fn may_install() -> bool {
    Path::new("/etc/debian_version").exists() && has_program("apt-get") && is_root()
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
