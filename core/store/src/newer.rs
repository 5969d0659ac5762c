//! What a store of a far later Belay begins with, so that shells can show what they do about one.

use std::path::Path;

use crate::files::{DATABASE, make_private};
use crate::open::{configure, connect};
use crate::{Result, Store, StoreError, key_check};

impl Store {
    /// Makes the beginning of a store in `dir` that says it was written under another layout, far later than any
    /// this program knows: for the exemplar in `testing/testkit/exemplars/newer-store`. Nobody's store goes through here.
    ///
    /// # Errors
    /// `Exists`, or what SQLite or the operating system refuses.
    #[doc(hidden)]
    pub fn make_newer(dir: &Path, key: &[u8; 32], layout: u32) -> Result<()> {
        let database = dir.join(DATABASE);
        if database.try_exists()? {
            return Err(StoreError::Exists);
        }
        make_private(&database)?;
        let conn = connect(&database, key)?;
        configure(&conn)?;
        conn.execute_batch("CREATE TABLE what_nobody_knows_yet (id INTEGER PRIMARY KEY) STRICT")?;
        conn.pragma_update(None, "user_version", layout)?;
        drop(conn);
        key_check::write(dir, key)
    }
}
