//! The libp2p node: every verb polls the swarm until its answer is there or its deadline passes.

use std::collections::HashMap;
use std::time::Duration;

use futures::StreamExt;
use libp2p::identity::Keypair;
use libp2p::kad::{self, QueryId, QueryResult, store::MemoryStore};
use libp2p::swarm::{NetworkBehaviour, SwarmEvent, dial_opts::DialOpts};
use libp2p::{Multiaddr, PeerId, StreamProtocol, Swarm, SwarmBuilder};
use libp2p::{gossipsub, identify, noise, ping, tcp, yamux};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

pub type Failure = Box<dyn std::error::Error>;

#[derive(NetworkBehaviour)]
pub struct Parts {
    identify: identify::Behaviour,
    ping: ping::Behaviour,
    kad: kad::Behaviour<MemoryStore>,
    gossipsub: gossipsub::Behaviour,
}

pub struct Node {
    pub swarm: Swarm<Parts>,
    pub deadline: Instant,
    protocol: StreamProtocol,
    identities: HashMap<PeerId, identify::Info>,
    pings: HashMap<PeerId, Vec<f64>>,
    failed_dials: HashMap<PeerId, String>,
    results: HashMap<QueryId, Vec<(QueryResult, bool)>>,
    messages: HashMap<gossipsub::TopicHash, Vec<Value>>,
}

impl Node {
    pub async fn start(key: Keypair, protocol: String) -> Node {
        let id = key.public().to_peer_id();
        let protocol = StreamProtocol::try_from_owned(protocol).unwrap();
        let mut kad = kad::Behaviour::with_config(id, MemoryStore::new(id), kad::Config::new(protocol.clone()));
        // Without this a node waits for a confirmed external address before it serves.
        kad.set_mode(Some(kad::Mode::Server));
        let signed = gossipsub::MessageAuthenticity::Signed(key.clone());
        let parts = Parts {
            identify: identify::Behaviour::new(identify::Config::new("ipfs/0.1.0".into(), key.public())),
            // The library pings by itself; a short interval lets the verb count its results.
            ping: ping::Behaviour::new(ping::Config::new().with_interval(Duration::from_millis(200))),
            kad,
            gossipsub: gossipsub::Behaviour::new(signed, gossipsub::Config::default()).unwrap(),
        };
        let mut swarm = SwarmBuilder::with_existing_identity(key)
            .with_tokio()
            .with_tcp(tcp::Config::default(), noise::Config::new, yamux::Config::default)
            .unwrap()
            .with_behaviour(|_| parts)
            .unwrap()
            .with_swarm_config(|c| c.with_idle_connection_timeout(Duration::from_secs(300)))
            .build();
        swarm.listen_on("/ip4/127.0.0.1/tcp/0".parse().unwrap()).unwrap();
        let mut node = Node {
            swarm,
            deadline: Instant::now() + Duration::from_secs(10),
            protocol,
            identities: HashMap::new(),
            pings: HashMap::new(),
            failed_dials: HashMap::new(),
            results: HashMap::new(),
            messages: HashMap::new(),
        };
        let listening = node.until(|n| n.swarm.listeners().next().cloned()).await.expect("a listen address");
        // ADD_PROVIDER carries only addresses that are known to be reachable from outside.
        node.swarm.add_external_address(listening);
        node
    }

    pub fn id(&self) -> PeerId {
        *self.swarm.local_peer_id()
    }

    pub fn addrs(&self) -> Vec<String> {
        self.swarm.listeners().map(|a| format!("{a}/p2p/{}", self.id())).collect()
    }

    pub fn on_event(&mut self, event: SwarmEvent<PartsEvent>) {
        match event {
            SwarmEvent::OutgoingConnectionError { peer_id: Some(peer), error, .. } => {
                self.failed_dials.insert(peer, error.to_string());
            }
            SwarmEvent::Behaviour(PartsEvent::Identify(identify::Event::Received { peer_id, info, .. })) => {
                // kad learns no addresses from identify by itself.
                if info.protocols.contains(&self.protocol) {
                    for addr in &info.listen_addrs {
                        self.swarm.behaviour_mut().kad.add_address(&peer_id, addr.clone());
                    }
                }
                self.identities.insert(peer_id, info);
            }
            SwarmEvent::Behaviour(PartsEvent::Ping(ping::Event { peer, result: Ok(rtt), .. })) => {
                self.pings.entry(peer).or_default().push(rtt.as_secs_f64() * 1000.0);
            }
            SwarmEvent::Behaviour(PartsEvent::Kad(kad::Event::OutboundQueryProgressed {
                id, result, step, ..
            })) => self.results.entry(id).or_default().push((result, step.last)),
            SwarmEvent::Behaviour(PartsEvent::Gossipsub(gossipsub::Event::Message { message, .. })) => {
                let from = message.source.map(|p| p.to_string());
                let data = String::from_utf8_lossy(&message.data).into_owned();
                self.messages.entry(message.topic).or_default().push(json!({"from": from, "data": data}));
            }
            _ => {}
        }
    }

    /// Handles events until `done` gives something.
    async fn until<T>(&mut self, mut done: impl FnMut(&mut Node) -> Option<T>) -> Result<T, Failure> {
        loop {
            if let Some(value) = done(self) {
                return Ok(value);
            }
            let event = timeout_at(self.deadline, self.swarm.select_next_some()).await;
            self.on_event(event.map_err(|_| "timed out")?);
        }
    }

    /// The next result of a query and whether it is the last.
    async fn next(&mut self, query: QueryId) -> Result<(QueryResult, bool), Failure> {
        self.until(|n| {
            let results = n.results.get_mut(&query)?;
            if results.is_empty() { None } else { Some(results.remove(0)) }
        })
        .await
    }

    pub async fn connect(&mut self, peer: PeerId, addr: Multiaddr) -> Result<(), Failure> {
        self.failed_dials.remove(&peer);
        self.swarm.dial(DialOpts::peer_id(peer).addresses(vec![addr]).build())?;
        let failure = self
            .until(|n| match n.failed_dials.remove(&peer) {
                Some(error) => Some(Some(error)),
                None => n.swarm.is_connected(&peer).then_some(None),
            })
            .await?;
        failure.map_or(Ok(()), |e| Err(e.into()))
    }

    pub async fn identify(&mut self, peer: PeerId) -> Result<identify::Info, Failure> {
        self.until(|n| n.identities.get(&peer).cloned()).await
    }

    pub async fn ping(&mut self, peer: PeerId, count: usize) -> Result<Vec<f64>, Failure> {
        self.pings.remove(&peer);
        self.until(|n| {
            let rtts = n.pings.get(&peer)?;
            (rtts.len() >= count).then(|| rtts.clone())
        })
        .await
    }

    /// Waits for the peer to be in the routing table; gives the table's size.
    pub async fn routing(&mut self, peer: PeerId) -> Result<usize, Failure> {
        self.until(|n| {
            let mut peers = Vec::new();
            for bucket in n.swarm.behaviour_mut().kad.kbuckets() {
                peers.extend(bucket.iter().map(|e| *e.node.key.preimage()));
            }
            peers.contains(&peer).then_some(peers.len())
        })
        .await
    }

    pub async fn find_node(&mut self, target: PeerId) -> Result<Vec<String>, Failure> {
        let query = self.swarm.behaviour_mut().kad.get_closest_peers(target);
        loop {
            if let (QueryResult::GetClosestPeers(result), true) = self.next(query).await? {
                return Ok(result?.peers.iter().map(|p| p.peer_id.to_string()).collect());
            }
        }
    }

    pub async fn put(&mut self, key: Vec<u8>, value: Vec<u8>) -> Result<(), Failure> {
        let record = kad::Record::new(key, value);
        let query = self.swarm.behaviour_mut().kad.put_record(record, kad::Quorum::One)?;
        loop {
            if let (QueryResult::PutRecord(result), true) = self.next(query).await? {
                return Ok(result.map(|_| ())?);
            }
        }
    }

    pub async fn get(&mut self, key: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let query = self.swarm.behaviour_mut().kad.get_record(key.into());
        loop {
            let (QueryResult::GetRecord(result), last) = self.next(query).await? else { continue };
            if let kad::GetRecordOk::FoundRecord(found) = result? {
                return Ok(found.record.value);
            }
            if last {
                return Err("not found".into());
            }
        }
    }

    pub async fn provide(&mut self, key: Vec<u8>) -> Result<(), Failure> {
        let query = self.swarm.behaviour_mut().kad.start_providing(key.into())?;
        loop {
            if let (QueryResult::StartProviding(result), true) = self.next(query).await? {
                return Ok(result.map(|_| ())?);
            }
        }
    }

    pub async fn find_providers(&mut self, key: Vec<u8>, count: usize) -> Result<Vec<String>, Failure> {
        let query = self.swarm.behaviour_mut().kad.get_providers(key.into());
        let mut found = Vec::new();
        loop {
            let (QueryResult::GetProviders(result), last) = self.next(query).await? else { continue };
            if let kad::GetProvidersOk::FoundProviders { providers, .. } = result? {
                found.extend(providers.iter().map(|p| p.to_string()));
            }
            if last || found.len() >= count {
                return Ok(found);
            }
        }
    }

    pub fn subscribe(&mut self, topic: &str) -> Result<(), Failure> {
        self.swarm.behaviour_mut().gossipsub.subscribe(&gossipsub::IdentTopic::new(topic))?;
        Ok(())
    }

    /// Waits for a peer in the topic's mesh: only then does a publish go anywhere.
    pub async fn mesh(&mut self, topic: &str) -> Result<Vec<String>, Failure> {
        let hash = gossipsub::IdentTopic::new(topic).hash();
        self.until(|n| {
            let mesh = n.swarm.behaviour().gossipsub.mesh_peers(&hash);
            let peers: Vec<_> = mesh.map(|p| p.to_string()).collect();
            (!peers.is_empty()).then_some(peers)
        })
        .await
    }

    pub fn publish(&mut self, topic: &str, data: &str) -> Result<(), Failure> {
        let topic = gossipsub::IdentTopic::new(topic);
        self.swarm.behaviour_mut().gossipsub.publish(topic, data.as_bytes())?;
        Ok(())
    }

    pub async fn messages(&mut self, topic: &str, min: usize) -> Result<Vec<Value>, Failure> {
        let hash = gossipsub::IdentTopic::new(topic).hash();
        self.until(|n| {
            let got = n.messages.get(&hash).cloned().unwrap_or_default();
            (got.len() >= min).then_some(got)
        })
        .await
    }
}
