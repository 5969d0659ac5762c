//! Secret stores in memory.

use std::sync::{Arc, Mutex, PoisonError};

use belay_engine::{BelayError, SecretStore};

type Kept = Arc<Mutex<(Option<Vec<u8>>, u64)>>;

/// Like an operating system's keystore: it is not copied along with the store's folder, so it can count
/// how often the store was opened.
#[derive(Debug, Clone, Default)]
pub struct KeystoreSecrets {
    kept: Kept,
}

/// Like a plain file beside the store: whoever copies the folder copies the secret too.
#[derive(Debug, Clone, Default)]
pub struct PlainSecrets {
    kept: Kept,
}

fn with<T>(kept: &Kept, change: impl FnOnce(&mut (Option<Vec<u8>>, u64)) -> T) -> T {
    change(&mut kept.lock().unwrap_or_else(PoisonError::into_inner))
}

impl SecretStore for KeystoreSecrets {
    fn load(&self) -> Result<Option<Vec<u8>>, BelayError> {
        Ok(with(&self.kept, |kept| kept.0.clone()))
    }

    fn save(&self, secret: &[u8]) -> Result<(), BelayError> {
        with(&self.kept, |kept| kept.0 = Some(secret.to_vec()));
        Ok(())
    }

    fn delete(&self) -> Result<(), BelayError> {
        with(&self.kept, |kept| *kept = (None, 0));
        Ok(())
    }

    fn opens(&self) -> Result<Option<u64>, BelayError> {
        Ok(Some(with(&self.kept, |kept| kept.1)))
    }

    fn save_opens(&self, opens: u64) -> Result<(), BelayError> {
        with(&self.kept, |kept| kept.1 = opens);
        Ok(())
    }
}

impl SecretStore for PlainSecrets {
    fn load(&self) -> Result<Option<Vec<u8>>, BelayError> {
        Ok(with(&self.kept, |kept| kept.0.clone()))
    }

    fn save(&self, secret: &[u8]) -> Result<(), BelayError> {
        with(&self.kept, |kept| kept.0 = Some(secret.to_vec()));
        Ok(())
    }

    fn delete(&self) -> Result<(), BelayError> {
        with(&self.kept, |kept| *kept = (None, 0));
        Ok(())
    }

    fn opens(&self) -> Result<Option<u64>, BelayError> {
        Ok(None)
    }

    fn save_opens(&self, _opens: u64) -> Result<(), BelayError> {
        Ok(())
    }
}
