//! A rust-libp2p peer driven by JSON lines on stdin; ../README.md has the protocol.

mod node;

use std::time::Duration;

use cid::Cid;
use futures::StreamExt;
use libp2p::{Multiaddr, PeerId, identity::Keypair, multiaddr::Protocol};
use node::{Failure, Node};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, stdin};
use tokio::time::Instant;

fn new_key(name: &str) -> Result<Keypair, &'static str> {
    match name {
        "ed25519" => Ok(Keypair::generate_ed25519()),
        "secp256k1" => Ok(Keypair::generate_secp256k1()),
        "ecdsa" => Ok(Keypair::generate_ecdsa()),
        "rsa" => Err("libp2p-identity reads RSA keys but does not generate them"),
        _ => Err("no such key type"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let option = |name: &str, default: &'static str| match args.iter().position(|a| a == name) {
        Some(i) => args.get(i + 1).cloned().unwrap_or_default(),
        None => default.to_owned(),
    };
    let key_type = option("--key-type", "ed25519");
    let key = match new_key(&key_type) {
        Ok(key) => key,
        Err(e) => {
            println!("{}", json!({"event": "error", "na": true, "error": e}));
            std::process::exit(3);
        }
    };
    let mut node = Node::start(key, option("--protocol", "/ipfs/kad/1.0.0")).await;
    println!("{}", json!({
        "event": "ready", "id": node.id().to_string(), "addrs": node.addrs(),
        "impl": "rust", "version": versions(),
    }));

    let mut lines = BufReader::new(stdin()).lines();
    loop {
        // The swarm only moves while it is polled, so it is polled between requests too.
        let line = tokio::select! {
            line = lines.next_line() => line,
            event = node.swarm.select_next_some() => { node.on_event(event); continue }
        };
        let Ok(Some(line)) = line else { break };
        let request: Value = serde_json::from_str(&line).unwrap_or_default();
        let mut reply = match perform(&mut node, &request).await {
            Ok(fields) => fields,
            Err(e) => json!({"ok": false, "error": e.to_string()}),
        };
        if reply.get("ok").is_none() {
            reply["ok"] = json!(true);
        }
        reply["n"] = request["n"].clone();
        println!("{reply}");
        if request["verb"] == "quit" {
            break;
        }
    }
    // Not `return`: the thread blocked on stdin would keep the runtime from ending.
    std::process::exit(0);
}

async fn perform(node: &mut Node, r: &Value) -> Result<Value, Failure> {
    let timeout = Duration::from_millis(r["timeout_ms"].as_u64().unwrap_or(10_000));
    node.deadline = Instant::now() + timeout;
    let text = |name: &str| r[name].as_str().unwrap_or_default();
    let peer = |name: &str| text(name).parse::<PeerId>();
    let cid_key = || Cid::try_from(text("cid")).map(|c| c.hash().to_bytes());
    match text("verb") {
        "connect" => {
            let addr: Multiaddr = text("addr").parse()?;
            let Some(Protocol::P2p(id)) = addr.iter().last() else {
                return Err("the address has no /p2p/ID at its end".into());
            };
            node.connect(id, addr).await?;
            Ok(json!({"id": id.to_string()}))
        }
        "identify" => {
            let info = node.identify(peer("peer")?).await?;
            let protocols: Vec<_> = info.protocols.iter().map(|p| p.to_string()).collect();
            Ok(json!({"agent": info.agent_version, "protocols": protocols, "observed": info.observed_addr}))
        }
        "ping" => {
            let count = r["count"].as_u64().unwrap_or(1) as usize;
            Ok(json!({"rtts_ms": node.ping(peer("peer")?, count).await?}))
        }
        "routing" => Ok(json!({"size": node.routing(peer("peer")?).await?})),
        "findnode" => Ok(json!({"peers": node.find_node(peer("key_peer")?).await?})),
        "put" => node.put(text("key").into(), text("value").into()).await.map(|()| json!({})),
        "get" => Ok(json!({"value": String::from_utf8(node.get(text("key").into()).await?)?})),
        "name-sign" | "name-check" => Ok(json!({"ok": false, "na": true, "error": "rust-libp2p has no IPNS records"})),
        "name-put" => {
            let stored = node.put(name_key(peer("name")?), unhex(text("record"))?).await;
            // Before it looks for peers it has stored the record here.
            if node.swarm.connected_peers().next().is_some() {
                stored?;
            }
            Ok(json!({}))
        }
        "name-get" => Ok(json!({"record": hex(&node.get(name_key(peer("name")?)).await?)})),
        "provide" => node.provide(cid_key()?).await.map(|()| json!({})),
        "findprovs" => {
            let count = r["count"].as_u64().unwrap_or(1) as usize;
            Ok(json!({"providers": node.find_providers(cid_key()?, count).await?}))
        }
        "subscribe" => node.subscribe(text("topic")).map(|()| json!({})),
        "mesh" => Ok(json!({"peers": node.mesh(text("topic")).await?})),
        "publish" => node.publish(text("topic"), text("data")).map(|()| json!({})),
        "messages" => {
            let min = r["min"].as_u64().unwrap_or(1) as usize;
            Ok(json!({"messages": node.messages(text("topic"), min).await?}))
        }
        "peers" => {
            let ids: Vec<_> = node.swarm.connected_peers().map(|p| p.to_string()).collect();
            Ok(json!({"peers": ids}))
        }
        "stats" => Ok(json!({"cpu_s": cpu_seconds()?})),
        "quit" => Ok(json!({})),
        verb => Err(format!("unknown verb {verb:?}").into()),
    }
}

fn name_key(peer: PeerId) -> Vec<u8> {
    [b"/ipns/".as_slice(), &peer.to_bytes()].concat()
}

fn hex(data: &[u8]) -> String {
    data.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(digits: &str) -> Result<Vec<u8>, Failure> {
    let bytes = digits.as_bytes().chunks(2);
    bytes.map(|pair| Ok::<u8, Failure>(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?)).collect()
}

/// utime + stime of /proc/self/stat, in the kernel's 1/100 s ticks.
fn cpu_seconds() -> Result<f64, Failure> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: u64 = after_name.split(' ').skip(11).take(2).flat_map(str::parse::<u64>).sum();
    Ok(ticks as f64 / 100.0)
}

/// The versions in the lock file this program was built with.
fn versions() -> String {
    let lock = include_str!("../Cargo.lock");
    let of = |name: &str| {
        let start = format!("name = \"{name}\"\nversion = \"");
        let rest = lock.split(&start).nth(1).unwrap_or("?");
        format!("{name} {}", rest.split('"').next().unwrap_or("?"))
    };
    ["libp2p", "libp2p-kad", "libp2p-gossipsub"].map(of).join(", ")
}
