"""What is tried between an asking peer and an answering peer, one row per try."""

import base64
import hashlib
import time
import uuid

from . import network
from .process import Failed, NotApplicable, Peer

KAD = "/ipfs/kad/1.0.0"
LAN = "/ipfs/lan/kad/1.0.0"
KEY_TYPES = ("secp256k1", "rsa", "ecdsa")
SERVERS = 40  # of which the closest 20 are too few to be all of a region
DEAD = 3
LOOKUPS = 8
COUNTING = {"served": ("kadenza", "go"), "asked": ("kadenza",)}  # who tells of such streams (`streams`)

# Row -> what it means, for the report. `A` asks, `B` answers.
ROWS = {
    "connect": "A dials B over TCP, Noise and Yamux; both list the other as connected",
    "identify": f"A learns B's agent and protocols, {KAD} among them",
    "ping": "A pings B three times",
    "routing": "A and B put each other into their routing tables",
    "gossip": "a gossipsub message published by A reaches B, with A as its author",
    "findnode": "a second A, which knows only B, learns of the first from it (FIND_NODE)",
    "put": "A stores a value (PUT_VALUE); B has it when A is gone",
    "next": "after its ADD_PROVIDER, the first A still gets proper answers: it learns of the second from B",
    "get": "a second A, while the first is gone, reads that value from B (GET_VALUE)",
    "name-put": "A stores a record of its own IPNS name (PUT_VALUE); B has it when A is gone",
    "name-get": "a second A, while the first is gone, reads that record from B (GET_VALUE)",
    "correct": "B holds an older record of the second A's name; A, which looks the name up, gets the newer one from"
               " the second A, and B has it too when both are gone (quorum, entry correction)",
    "provide": "A announces itself as a provider (ADD_PROVIDER); B lists it when A is gone",
    "findprovs": "a second A, while the first is gone, learns that provider from B (GET_PROVIDERS)",
    "lan": f"both serve {LAN} instead of {KAD}; A stores a value and provides, and B has both when A is gone",
    "reuse": "A, which knows B alone, looks a key up several times, and sends B more requests than there are streams for them",
    "region": f"in a network of {SERVERS} Bs, {DEAD} of them dead, A stores a value and provides: all live ones of the"
              " key's region have both, some of them beyond the 20 closest, and one more B finds both when A is gone",
    **{f"{side}-{key}": f"connect and ping when {side} has a key of the type {key}"
       for side in "AB" for key in KEY_TYPES},
    **{f"name-{key}": f"A stores a record of its own IPNS name, with a key of the type {key}; B has it when A is gone"
       for key in KEY_TYPES},
}


def expect(condition, otherwise):
    if not condition:
        raise Failed(otherwise)


def raw_cid(data):
    """The CIDv1 (raw, sha2-256) of some bytes."""
    binary = b"\x01\x55\x12\x20" + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(binary).decode().lower().rstrip("=")


class Direction:
    """One asking implementation against one answering one, in fresh processes."""

    def __init__(self, asker, answerer, commands):
        self.asker, self.answerer, self.commands = asker, answerer, commands
        self.cells, self.seconds, self.versions, self.peers = {}, {}, {}, []

    def start(self, impl, role, key_type=None, protocol=None):
        label = f"{self.asker}-{self.answerer}-{role}"
        peer = Peer(impl, self.commands[impl], label, key_type, protocol)
        self.peers.append(peer)
        return peer

    def stop(self):
        for peer in self.peers:
            peer.stop()
        self.peers = []

    def row(self, name, action, *args):
        started = time.monotonic()
        try:
            action(*args)
            self.cells[name] = ("ok", "")
        except NotApplicable as reason:
            self.cells[name] = ("n/a", str(reason))
        except Failed as reason:
            self.cells[name] = ("FAIL", str(reason))
        self.seconds[name] = self.seconds.get(name, 0) + time.monotonic() - started

    def then(self, name, action, *args):
        """The second half of a row whose first half went well."""
        if self.cells[name][0] == "ok":
            self.row(name, action, *args)

    def run(self):
        try:
            self.main()
        except (Failed, NotApplicable) as reason:
            for name in ROWS:
                self.cells.setdefault(name, ("FAIL", str(reason)))
        finally:
            self.stop()
        self.fresh_row("lan", self.lan)
        self.fresh_row("region", self.region)
        for key_type in KEY_TYPES:
            self.fresh_row(f"A-{key_type}", self.key_of_a, key_type)
            self.fresh_row(f"B-{key_type}", self.key_types, None, key_type)
        return self

    def fresh_row(self, name, action, *args):
        """A row with processes of its own."""
        try:
            self.row(name, action, *args)
        finally:
            self.stop()

    def main(self):
        # All three start at once, since a JVM, Node or Python takes its time.
        a, b, second = self.start(self.asker, "a"), self.start(self.answerer, "b"), self.start(self.asker, "a2")
        for peer in (a, b, second):
            peer.wait_ready()
            self.versions[peer.impl] = peer.version
        tag = uuid.uuid4().hex[:12]
        key, value, cid, topic = f"/v/{tag}", f"value of {tag}", raw_cid(tag.encode()), f"topic-{tag}"

        self.row("connect", self.connect, a, b)
        if self.cells["connect"][0] != "ok":
            raise Failed("no connection")
        self.row("identify", self.identify, a, b)
        self.row("ping", self.ping, a, b)
        self.row("routing", self.routing, a, b)
        self.row("gossip", self.gossip, a, b, topic)
        # Of the second A's name there are two versions, the newer one for now only at the second A.
        names = {}
        self.row("name-put", self.put_name, a, names, "own", a, 1)
        self.row("correct", self.put_name, second, names, "newer", second, 2)
        self.then("correct", self.put_name, a, names, "older", second, 1)
        self.row("reuse", self.reuse, a, b, second)
        self.row("put", self.put, a, key, value)
        self.row("provide", self.provide, a, cid)
        # Only now does the second A come in: until here A could talk to nobody but B, so
        # it is B alone that can have what A stored.
        second.ask("connect", addr=b.addr)
        self.row("findnode", self.find_node, second, b, a)
        self.row("next", self.find_node, a, b, second)
        self.then("correct", self.get_name, a, names, "newer")
        # A corrects B behind its answer: a ping more, and it is not stopped before it has sent it.
        self.then("ping", self.ping, a, b)
        a.stop()
        # The second A first: B's own lookup would give it the value (entry correction).
        self.row("get", self.get, second, key, value)
        if "own" in names:
            self.row("name-get", self.get_name, second, names, "own")
        else:
            self.cells["name-get"] = self.cells["name-put"]
        self.row("findprovs", self.find_providers, second, cid, a)
        self.then("put", self.get, b, key, value)
        self.then("provide", self.find_providers, b, cid, a)
        self.then("name-put", self.get_name, b, names, "own")
        second.stop()
        self.then("correct", self.get_name, b, names, "newer")

    def connect(self, a, b):
        reply = a.ask("connect", addr=b.addr)
        expect(reply["id"] == b.id, f"connected to {reply['id']}, not to {b.id}")
        expect(b.id in a.ask("peers")["peers"], f"{a.impl} does not list {b.impl} as connected")
        # The listener may still be on its last handshake step when the dialler is done.
        b.ask("identify", peer=a.id)
        expect(a.id in b.ask("peers")["peers"], f"{b.impl} does not list {a.impl} as connected")

    def identify(self, a, b):
        reply = a.ask("identify", peer=b.id)
        expect(reply["agent"], "an empty agent")
        expect(KAD in reply["protocols"], f"{KAD} is not among {reply['protocols']}")

    def ping(self, a, b):
        rtts = a.ask("ping", peer=b.id, count=3)["rtts_ms"]
        expect(len(rtts) >= 3, f"only {len(rtts)} answers")

    def routing(self, a, b):
        a.ask("routing", peer=b.id)
        b.ask("routing", peer=a.id)

    def gossip(self, a, b, topic):
        a.ask("subscribe", topic=topic)
        b.ask("subscribe", topic=topic)
        a.ask("mesh", topic=topic)
        b.ask("mesh", topic=topic)
        a.ask("publish", topic=topic, data="hello")
        messages = b.ask("messages", topic=topic, min=1)["messages"]
        expect(messages == [{"from": a.id, "data": "hello"}], f"received {messages}")

    def put(self, a, key, value):
        a.ask("put", key=key, value=value)

    def get(self, peer, key, value):
        got = peer.ask("get", key=key)["value"]
        expect(got == value, f"{peer.impl} read {got!r}")

    def put_name(self, peer, names, label, owner, sequence):
        """The peer stores a record that the owner of a name makes; it is kept in `names` under the label."""
        signed = owner.ask("name-sign", value=f"/ipfs/bafkqaddwgevxmmraojswg33smq/{sequence}", sequence=sequence)
        names[label] = signed["name"], signed["record"]
        peer.ask("name-put", name=signed["name"], record=signed["record"])

    def get_name(self, peer, names, label):
        name, record = names[label]
        got = peer.ask("name-get", name=name)["record"]
        expect(got == record, f"{peer.impl} read another record of {name}: {got}")

    def provide(self, a, cid):
        a.ask("provide", cid=cid)

    def find_providers(self, peer, cid, provider):
        found = peer.ask("findprovs", cid=cid, count=1)["providers"]
        expect(provider.id in found, f"{peer.impl} found the providers {found}")

    def find_node(self, asker, knower, wanted):
        asker.ask("routing", peer=knower.id)
        knower.ask("routing", peer=wanted.id)
        found = asker.ask("findnode", peer=knower.id, key_peer=wanted.id)["peers"]
        expect(wanted.id in found, f"{asker.impl} found {found} without {wanted.id}")

    def lan(self):
        a = self.start(self.asker, "lan-a", protocol=LAN)
        b = self.start(self.answerer, "lan-b", protocol=LAN)
        a.wait_ready()
        b.wait_ready()
        self.connect(a, b)
        protocols = a.ask("identify", peer=b.id)["protocols"]
        expect(LAN in protocols and KAD not in protocols, f"{b.impl} serves {protocols}")
        self.routing(a, b)
        tag = uuid.uuid4().hex[:12]
        key, value, cid = f"/v/{tag}", f"value of {tag}", raw_cid(tag.encode())
        self.put(a, key, value)
        self.provide(a, cid)
        # An ADD_PROVIDER has no answer; once a ping has one, what was written before has arrived.
        self.ping(a, b)
        a.stop()
        self.get(b, key, value)
        self.find_providers(b, cid, a)

    def reuse(self, a, b, stranger):
        """B counts how often it was asked and on how many streams or, if it cannot, A what it asked."""
        counting, side = (b, "served") if b.impl in COUNTING["served"] else (a, "asked")
        if counting.impl not in COUNTING[side]:
            raise NotApplicable(f"neither {b.impl} nor {a.impl} counts these streams")
        before = counting.ask("streams")[side]
        for _ in range(LOOKUPS):
            a.ask("findnode", peer=b.id, key_peer=stranger.id)
        after = counting.ask("streams")[side]
        requests, streams = (after[what] - before[what] for what in ("requests", "streams"))
        expect(requests >= LOOKUPS, f"only {requests} requests")
        expect(streams < requests, f"{streams} streams for {requests} requests")

    def region(self):
        if (self.asker, self.answerer) != ("kadenza", "go"):
            raise NotApplicable("Kadenza alone stores by regions, and go's servers are who is asked what they hold")
        servers = [self.start(self.answerer, f"region-b{i}") for i in range(SERVERS)]
        a = self.start(self.asker, "region-a")
        for peer in servers + [a]:
            peer.wait_ready()
        network.join(servers)
        a.ask("connect", addr=servers[0].addr)
        a.ask("routing", peer=servers[0].id)
        # An estimate of the network's size takes a few lookups.
        for server in servers[:LOOKUPS]:
            a.ask("findnode", peer=servers[0].id, key_peer=server.id)
        for server in servers[-DEAD:]:
            server.stop()
        servers = servers[:-DEAD]
        tag = network.tag_amid(servers, lambda t: (f"/v/{t}".encode(), network.multihash(raw_cid(t.encode()))))
        key, value, cid = f"/v/{tag}", f"value of {tag}", raw_cid(tag.encode())
        put = a.ask("put", key=key, value=value)
        provided = a.ask("provide", cid=cid)
        held = {server: server.ask("held", key=key, cid=cid) for server in servers}
        with_value = [s for s in servers if held[s]["value"] == value]
        with_provider = [s for s in servers if a.id in held[s]["providers"]]
        network.expect_region(key.encode(), servers, with_value, put["network_size"], DEAD)
        network.expect_region(network.multihash(cid), servers, with_provider, provided["network_size"], DEAD)
        expect(len(with_value) > network.K, f"only {len(with_value)} servers hold the value")
        a.stop()
        late = self.start(self.answerer, "region-late").wait_ready()
        late.ask("connect", addr=servers[-1].addr)
        late.ask("routing", peer=servers[-1].id)
        self.get(late, key, value)
        self.find_providers(late, cid, a)

    def key_types(self, key_a, key_b):
        a = self.start(self.asker, "key-a", key_a)
        b = self.start(self.answerer, "key-b", key_b)
        a.wait_ready()
        b.wait_ready()
        self.connect(a, b)
        self.ping(a, b)
        return a, b

    def key_of_a(self, key_type):
        """Two rows with the same processes; where the first is not ok the second is the same."""
        name = f"name-{key_type}"
        try:
            a, b = self.key_types(key_type, None)
        except (Failed, NotApplicable) as reason:
            self.cells[name] = ("FAIL" if isinstance(reason, Failed) else "n/a", str(reason))
            raise
        self.row(name, self.own_name, a, b)

    def own_name(self, a, b):
        names = {}
        a.ask("routing", peer=b.id)
        self.put_name(a, names, "own", a, 1)
        a.stop()
        self.get_name(b, names, "own")
