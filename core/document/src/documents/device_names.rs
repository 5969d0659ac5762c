//! How a person calls their own devices: in the settings, under `<device>/name`.

use std::collections::BTreeMap;

use belay_model::DeviceId;
use belay_protocol::DocKind;

use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const NAME: &str = "name";

impl Draft {
    /// Calls an own device by a name.
    #[must_use]
    pub fn device_name(mut self, device: &DeviceId, name: &str) -> Self {
        self.put_schema();
        self.put_extension(format!("{device}/{NAME}"), Some(Scalar::from(name)));
        self
    }
}

impl SelfDocument {
    /// The names of own devices. Where two were given at once, the one all devices agree on.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`.
    pub fn device_names(&self) -> Result<BTreeMap<DeviceId, String>, DocumentError> {
        self.fields_of(DocKind::Settings)?;
        let mut names = BTreeMap::new();
        for (key, values) in self.extensions()? {
            let device = key
                .split_once('/')
                .filter(|(_, field)| *field == NAME)
                .and_then(|(device, _)| device.parse::<DeviceId>().ok());
            if let (Some(device), Some(Scalar::Text(name))) = (device, values.last()) {
                names.insert(device, name.clone());
            }
        }
        Ok(names)
    }
}
