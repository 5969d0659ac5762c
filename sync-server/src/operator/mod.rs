//! The program around the relay: settings, logs, signals and the operator's commands.

mod command;
mod key_file;
mod logging;
mod settings;

pub use command::{Command, RelayCommand};
pub use logging::start_logging;
pub use settings::{CreationSetting, EngineSetting, LogLevel, MetricsSetting, Settings};
