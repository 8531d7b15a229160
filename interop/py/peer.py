"""A py-libp2p peer driven by JSON lines on stdin; ../README.md has the protocol."""

import argparse
import json
import os
import sys
from collections import defaultdict
from importlib.metadata import version

import trio
from libp2p import create_yamux_muxer_option, new_host
from libp2p.bitswap.cid import parse_cid
from libp2p.crypto import ed25519, rsa, secp256k1, x25519
from libp2p.host.ping import PingService
from libp2p.identity.identify.identify import ID as IDENTIFY
from libp2p.identity.identify.pb.identify_pb2 import Identify
from libp2p.kad_dht.kad_dht import DHTMode, KadDHT
from libp2p.peer.id import ID
from libp2p.peer.peerinfo import info_from_p2p_addr
from libp2p.pubsub import gossipsub
from libp2p.pubsub.pubsub import Pubsub
from libp2p.records.validator import Validator
from libp2p.security.noise.transport import PROTOCOL_ID as NOISE
from libp2p.security.noise.transport import Transport as NoiseTransport
from libp2p.tools.anyio_service import background_trio_service
from libp2p.utils.varint import read_length_prefixed_protobuf
from multiaddr import Multiaddr

KEYS = {
    "ed25519": ed25519.create_new_key_pair,
    "secp256k1": secp256k1.create_new_key_pair,
    "rsa": rsa.create_new_key_pair,
}


class NotApplicable(Exception):
    """The library cannot do that, for the reason given."""


class Anything(Validator):
    """The validator of the `v` namespace: every value is valid, the first is best."""

    def validate(self, key, value):
        pass

    def select(self, key, values):
        return 0


class Peer:
    def __init__(self, host, nursery):
        self.host = host
        self.nursery = nursery
        self.dht = KadDHT(host, DHTMode.SERVER)
        self.dht.register_validator("v", Anything())
        self.router = gossipsub.GossipSub(
            protocols=[gossipsub.PROTOCOL_ID_V12, gossipsub.PROTOCOL_ID_V11, gossipsub.PROTOCOL_ID],
            degree=6, degree_low=4, degree_high=12, heartbeat_interval=1,
        )
        self.pubsub = Pubsub(host, self.router)
        self.pinger = PingService(host)
        self.received = defaultdict(list)

    async def connect(self, r):
        info = info_from_p2p_addr(Multiaddr(r["addr"]))
        await self.host.connect(info)
        return {"id": str(info.peer_id)}

    async def identify(self, r):
        peer = ID.from_base58(r["peer"])
        while peer not in self.host.get_connected_peers():
            await trio.sleep(0.02)
        stream = await self.host.new_stream(peer, [IDENTIFY])
        message = Identify()
        message.ParseFromString(await read_length_prefixed_protobuf(stream, use_varint_format=True))
        await stream.close()
        return {
            "agent": message.agent_version,
            "protocols": list(message.protocols),
            "observed": str(Multiaddr(message.observed_addr)),
        }

    async def ping(self, r):
        rtts = await self.pinger.ping(ID.from_base58(r["peer"]), r.get("count", 1))
        return {"rtts_ms": rtts}

    async def routing(self, r):
        peer = ID.from_base58(r["peer"])
        # py-libp2p leaves it to the application to tell its DHT of a new peer; the
        # table then refuses one that has not been identified as a DHT server yet.
        while not await self.dht.add_peer(peer):
            await trio.sleep(0.02)
        return {"size": self.dht.get_routing_table_size()}

    async def findnode(self, r):
        key = ID.from_base58(r["key_peer"]).to_bytes()
        peers = await self.dht.peer_routing.find_closest_peers_network(key)
        return {"peers": [str(p) for p in peers]}

    async def put(self, r):
        await self.dht.put_value(r["key"], r["value"].encode())

    async def get(self, r):
        value = await self.dht.get_value(r["key"])
        if value is None:
            raise LookupError("not found")
        return {"value": value.decode()}

    async def name(self, r):
        raise NotApplicable(
            "py-libp2p's DHT takes keys that are UTF-8 (libp2p/kad_dht/kad_dht.py);"
            " an IPNS key holds a peer id in binary"
        )

    async def provide(self, r):
        if not await self.dht.provide(r["cid"]):
            raise RuntimeError("the provider record was sent to no peer")

    async def findprovs(self, r):
        found = await self.dht.find_providers(r["cid"], r.get("count", 1))
        return {"providers": [str(p.peer_id) for p in found]}

    async def subscribe(self, r):
        topic = r["topic"]
        if topic in self.received:
            return
        messages = self.received[topic]
        subscription = await self.pubsub.subscribe(topic)

        async def collect():
            while True:
                message = await subscription.get()
                sender = ID(message.from_id)
                if sender != self.host.get_id():
                    messages.append({"from": str(sender), "data": message.data.decode()})

        self.nursery.start_soon(collect)

    async def mesh(self, r):
        while not self.router.mesh.get(r["topic"]):
            await trio.sleep(0.02)
        return {"peers": [str(p) for p in self.router.mesh[r["topic"]]]}

    async def publish(self, r):
        await self.pubsub.publish(r["topic"], r["data"].encode())

    async def messages(self, r):
        messages = self.received[r["topic"]]
        while len(messages) < r.get("min", 1):
            await trio.sleep(0.02)
        return {"messages": messages}

    async def peers(self, r):
        return {"peers": [str(p) for p in self.host.get_connected_peers()]}

    async def stats(self, r):
        times = os.times()
        return {"cpu_s": times.user + times.system}

    async def quit(self, r):
        pass

    VERBS = (
        "connect identify ping routing findnode put get name-sign name-put name-get name-check provide findprovs "
        "subscribe mesh publish messages peers stats quit"
    ).split()

    async def answer(self, r):
        verb = r.get("verb")
        if verb not in self.VERBS:
            return {"ok": False, "error": f"unknown verb {verb}"}
        if verb.startswith("name-"):
            verb = "name"
        timeout = r.get("timeout_ms", 10_000) / 1000
        try:
            with trio.fail_after(timeout):
                return {"ok": True, **(await getattr(self, verb)(r) or {})}
        except trio.TooSlowError:
            return {"ok": False, "error": "timed out"}
        except NotApplicable as e:
            return {"ok": False, "na": True, "error": str(e)}
        except Exception as e:
            return {"ok": False, "error": f"{type(e).__name__}: {e}"}


def emit(value):
    print(json.dumps(value), flush=True)


async def main(key_pair):
    noise = NoiseTransport(key_pair, x25519.create_new_key_pair().private_key)
    host = new_host(key_pair=key_pair, sec_opt={NOISE: noise}, muxer_opt=create_yamux_muxer_option())
    async with host.run([Multiaddr("/ip4/127.0.0.1/tcp/0")]), trio.open_nursery() as nursery:
        peer = Peer(host, nursery)
        async with (
            background_trio_service(peer.dht),
            background_trio_service(peer.pubsub),
            background_trio_service(peer.router),
        ):
            await peer.pubsub.wait_until_ready()
            addrs = [a if "/p2p/" in a else f"{a}/p2p/{host.get_id()}" for a in map(str, host.get_addrs())]
            emit({
                "event": "ready", "id": str(host.get_id()), "addrs": addrs,
                "impl": "py", "version": f"py-libp2p {version('libp2p')}",
            })
            async for line in trio.wrap_file(sys.stdin):
                request = json.loads(line)
                emit({"n": request.get("n"), **await peer.answer(request)})
                if request.get("verb") == "quit":
                    break
            # The services' own shutdown can take seconds and has nothing to save.
            os._exit(0)


parser = argparse.ArgumentParser()
parser.add_argument("--key-type", default="ed25519")
parser.add_argument("--protocol", default="/ipfs/kad/1.0.0")
arguments = parser.parse_args()
key_type = arguments.key_type
if key_type not in KEYS:
    emit({"event": "error", "na": True, "error": f"py-libp2p makes no {key_type} keys"})
    sys.exit(3)
if arguments.protocol != "/ipfs/kad/1.0.0":
    emit({"event": "error", "na": True, "error": "py-libp2p's DHT has one protocol id (PROTOCOL_ID in libp2p/kad_dht/common.py)"})
    sys.exit(3)
trio.run(main, KEYS[key_type]())
