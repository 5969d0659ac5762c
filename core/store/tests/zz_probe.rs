mod common;
use common::*;
#[test]
fn probe() {
    let (dir, store) = made();
    write(&store, |tx| {
        let place = place(tx, 1);
        for seq in 1..400 { insert(tx, place, seq, &[0x5a; 700]); }
        Ok(())
    });
    store.checkpoint().unwrap();
    let key: String = KEY.iter().map(|b| format!("{b:02x}")).collect();
    let show = |what: &str| {
        let conn = rusqlite::Connection::open(dir.path().join("belay.db")).unwrap();
        conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
        for p in ["auto_vacuum", "freelist_count", "page_count", "cipher_version", "secure_delete"] {
            let v: rusqlite::types::Value = conn.query_row(&format!("PRAGMA {p}"), [], |r| r.get(0)).unwrap();
            println!("{what} {p} {v:?}");
        }
    };
    show("full");
    write(&store, |tx| {
        let space = tx.spaces()?[0].row;
        for item in tx.all_items(space, belay_store::ItemRow(0), 1_000)? { tx.delete_item(item.row)?; }
        Ok(())
    });
    show("deleted");
    store.give_back_space().unwrap();
    show("given");
    println!("{}", store.size().unwrap());
    println!("{:?}", store.checkpoint());
    println!("{}", store.size().unwrap());
    show("end");
    let q = ["SELECT 1"];
    let _ = q;
}
