// A js-libp2p peer driven by JSON lines on stdin; ../README.md has the protocol.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { gossipsub } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import { kadDHT } from '@libp2p/kad-dht'
import { peerIdFromString } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { multiaddr } from '@multiformats/multiaddr'
import { createIPNSRecord, marshalIPNSRecord, multihashToIPNSRoutingKey } from 'ipns'
import { ipnsSelector } from 'ipns/selector'
import { ipnsValidator } from 'ipns/validator'
import { createLibp2p } from 'libp2p'
import { CID } from 'multiformats/cid'

const bytes = (text) => new TextEncoder().encode(text)
const text = (data) => new TextDecoder().decode(data)
const hex = (data) => Buffer.from(data).toString('hex')
const unhex = (digits) => new Uint8Array(Buffer.from(digits, 'hex'))
const nameKey = (peer) => multihashToIPNSRoutingKey(peerIdFromString(peer).toMultihash())
const print = (value) => process.stdout.write(JSON.stringify(value) + '\n')

const at = process.argv.indexOf('--key-type')
const keyType = at < 0 ? 'ed25519' : process.argv[at + 1]
const protocolAt = process.argv.indexOf('--protocol')
const protocol = protocolAt < 0 ? '/ipfs/kad/1.0.0' : process.argv[protocolAt + 1]
const keyTypes = { ed25519: 'Ed25519', secp256k1: 'secp256k1', rsa: 'RSA' }
if (keyTypes[keyType] == null) {
  print({ event: 'error', na: true, error: `@libp2p/peer-id makes no peer id of a key of the type ${keyType} (peerIdFromPublicKey)` })
  process.exit(3)
}

const privateKey = await generateKeyPair(keyTypes[keyType])
const node = await createLibp2p({
  privateKey,
  addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  // The default gater refuses to dial loopback addresses.
  connectionGater: { denyDialMultiaddr: () => false },
  services: {
    // One stream at a time is the default of both. Then a second identify request of a
    // peer is reset, and a ping asked for here collides with one of the routing table's.
    identify: identify({ maxInboundStreams: 8, timeout: 10_000 }),
    ping: ping({ maxInboundStreams: 8, maxOutboundStreams: 8 }),
    pubsub: gossipsub(),
    dht: kadDHT({
      protocol,
      clientMode: false,
      allowQueryWithZeroPeers: true,
      // The default drops private addresses from every peer record.
      peerInfoMapper: (peer) => peer,
      validators: { v: async () => {}, ipns: ipnsValidator },
      selectors: { v: () => 0, ipns: ipnsSelector }
    })
  }
})
const { dht, pubsub } = node.services
// Without a public address it would stay a client.
await dht.setMode('server')

const identities = new Map()
node.addEventListener('peer:identify', ({ detail }) => identities.set(detail.peerId.toString(), detail))

const received = new Map()
pubsub.addEventListener('message', ({ detail }) => {
  const from = detail.from?.toString()
  if (from !== node.peerId.toString()) {
    received.get(detail.topic)?.push({ from, data: text(detail.data) })
  }
})

async function until (signal, otherwise, done) {
  for (;;) {
    const value = done()
    if (value) return value
    if (signal.aborted) throw new Error(otherwise)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

// A query fails softly: an error is an event among others, and only becomes the
// verb's when nothing useful came.
async function query (events, useful, enough = Infinity) {
  const found = []
  let failure
  for await (const event of events) {
    if (event.name === 'QUERY_ERROR') failure = event.error
    found.push(...useful(event))
    if (found.length >= enough) break
  }
  if (found.length === 0 && failure != null) throw failure
  return found
}

const verbs = {
  async connect ({ addr, signal }) {
    const connection = await node.dial(multiaddr(addr), { signal })
    return { id: connection.remotePeer.toString() }
  },
  async identify ({ peer, signal }) {
    const found = await until(signal, 'not identified', () => identities.get(peer))
    return { agent: found.agentVersion, protocols: found.protocols, observed: found.observedAddr?.toString() }
  },
  async ping ({ peer, count = 1, signal }) {
    const rtts = []
    while (rtts.length < count) rtts.push(await node.services.ping.ping(peerIdFromString(peer), { signal }))
    return { rtts_ms: rtts }
  },
  async routing ({ peer, signal }) {
    const id = peerIdFromString(peer)
    while (await dht.routingTable.find(id).catch(() => undefined) == null) {
      if (signal.aborted) throw new Error('not in the routing table')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return { size: dht.routingTable.size }
  },
  async findnode ({ key_peer: keyPeer, signal }) {
    const key = peerIdFromString(keyPeer).toMultihash().bytes
    const peers = await query(dht.getClosestPeers(key, { signal }),
      (event) => event.name === 'FINAL_PEER' ? [event.peer.id.toString()] : [])
    return { peers }
  },
  async put ({ key, value, signal }) {
    const stored = await query(dht.put(bytes(key), bytes(value), { signal }),
      (event) => event.name === 'PEER_RESPONSE' && event.messageName === 'PUT_VALUE' ? [event.from] : [])
    if (stored.length === 0) throw new Error('no peer answered the PUT_VALUE')
    return {}
  },
  async get ({ key, signal }) {
    const values = await query(dht.get(bytes(key), { signal }), (event) => event.name === 'VALUE' ? [event.value] : [])
    if (values.length === 0) throw new Error('not found')
    return { value: text(values.at(-1)) }
  },
  async 'name-sign' ({ value, sequence }) {
    const record = await createIPNSRecord(privateKey, value, sequence, 24 * 60 * 60 * 1000)
    return { name: node.peerId.toString(), record: hex(marshalIPNSRecord(record)) }
  },
  async 'name-put' ({ name, record, signal }) {
    const stored = await query(dht.put(nameKey(name), unhex(record), { signal }),
      (event) => event.name === 'PEER_RESPONSE' && event.messageName === 'PUT_VALUE' ? [event.from] : [])
    if (stored.length === 0 && node.getPeers().length > 0) throw new Error('no peer answered the PUT_VALUE')
    return {}
  },
  async 'name-get' ({ name, signal }) {
    const key = nameKey(name)
    const records = await query(dht.get(key, { signal }), (event) => event.name === 'VALUE' ? [event.value] : [])
    if (records.length === 0) throw new Error('not found')
    return { record: hex(records[ipnsSelector(key, records)]) }
  },
  async 'name-check' ({ name, record }) {
    return ipnsValidator(nameKey(name), unhex(record))
      .then(() => ({ valid: true }), (error) => ({ valid: false, why: error.message }))
  },
  async provide ({ cid, signal }) {
    await query(dht.provide(CID.parse(cid), { signal }), () => [])
    return {}
  },
  async findprovs ({ cid, count = 1, signal }) {
    const found = await query(dht.findProviders(CID.parse(cid), { signal }),
      (event) => event.name === 'PROVIDER' ? event.providers.map((p) => p.id.toString()) : [], count)
    return { providers: [...new Set(found)] }
  },
  async subscribe ({ topic }) {
    if (!received.has(topic)) received.set(topic, [])
    pubsub.subscribe(topic)
    return {}
  },
  async mesh ({ topic, signal }) {
    const peers = await until(signal, 'no peer in the mesh', () => {
      const all = pubsub.getMeshPeers(topic)
      return all.length > 0 && all
    })
    return { peers }
  },
  async publish ({ topic, data }) {
    await pubsub.publish(topic, bytes(data))
    return {}
  },
  async messages ({ topic, min = 1, signal }) {
    const messages = await until(signal, 'too few messages', () => {
      const got = received.get(topic) ?? []
      return got.length >= min && got
    })
    return { messages }
  },
  async peers () { return { peers: node.getPeers().map(String) } },
  async stats () {
    const { user, system } = process.cpuUsage()
    return { cpu_s: (user + system) / 1e6 }
  },
  async quit () { return {} }
}

const installed = JSON.parse(readFileSync(new URL('package.json', import.meta.url))).dependencies
const version = ['libp2p', '@libp2p/kad-dht', '@libp2p/gossipsub', 'ipns'].map((name) => `${name} ${installed[name]}`).join(', ')
print({ event: 'ready', id: node.peerId.toString(), addrs: node.getMultiaddrs().map(String), impl: 'js', version })

for await (const line of createInterface({ input: process.stdin })) {
  let n = null
  let verb
  try {
    const request = JSON.parse(line)
    n = request.n
    verb = request.verb
    if (verbs[verb] == null) throw new Error(`unknown verb ${verb}`)
    const signal = AbortSignal.timeout(request.timeout_ms ?? 10_000)
    print({ n, ok: true, ...await verbs[verb]({ ...request, signal }) })
  } catch (error) {
    print({ n, ok: false, error: `${error.name}: ${error.message}` })
  }
  if (verb === 'quit') break
}
process.exit(0)
