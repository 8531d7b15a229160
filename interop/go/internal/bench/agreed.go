package bench

import (
	"crypto/sha256"
	"fmt"

	mh "github.com/multiformats/go-multihash"
)

// Prefix makes the network's protocol id /bench/kad/1.0.0. With the prefix /ipfs go's DHT
// would allow no namespaces but pk and ipns.
const Prefix = "/bench"

// Anything is the validator of the `v` namespace: every value is valid, the first is best.
type Anything struct{}

func (Anything) Validate(string, []byte) error        { return nil }
func (Anything) Select(string, [][]byte) (int, error) { return 0, nil }

// Value is what is stored under a key: its SHA-256, repeated.
func Value(key string, length int) []byte {
	hash := sha256.Sum256([]byte(key))
	value := make([]byte, length)
	for i := range value {
		value[i] = hash[i%len(hash)]
	}
	return value
}

// Content is the i-th of the multihashes that a sweep provides.
func Content(seed int64, i int) mh.Multihash {
	hash := sha256.Sum256(fmt.Appendf(nil, "content %d %d", seed, i))
	multihash, err := mh.Encode(hash[:], mh.SHA2_256)
	if err != nil {
		panic(err)
	}
	return multihash
}
