//! Where the names of own devices are found.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::DocName;
use belay_protocol::DocKind;
use belay_store::OwnRow;
use serde_json::Value;

use crate::queries::projected;
use crate::sibling_tests::person;

#[test]
fn devices_keep_their_names_where_an_older_version_laid_the_settings_out() {
    let (_dir, engine, _) = person();
    let this = engine.own_devices().unwrap()[0].device;
    engine.rename_own_device(&this, "phone").unwrap();
    engine
        .write(|session| {
            let kind = DocKind::Settings.into();
            let own = session.tx.own_by_name(kind, &DocName::ZERO)?.unwrap();
            let mut row: Value = projected(&own)?;
            let names = row.as_object_mut().unwrap().remove("device_names").unwrap();
            assert_eq!(names[this.to_string()], "phone");
            session.tx.put_own(&OwnRow {
                document: own.document,
                kind,
                on: None,
                at_ms: 0,
                related: None,
                deleted_at_ms: None,
                json: &row.to_string(),
            })?;
            Ok(())
        })
        .unwrap();
    let shown = engine.own_devices().unwrap();
    assert_eq!(shown[0].name.as_deref(), Some("phone"));
}
