"""What the libraries say of the records of the IPNS corpus, against what we say of them."""

from .peers import CannotRun, say
from .process import Failed, NotApplicable, Peer

# Where a library is known to judge otherwise, and why: (library, cause) -> the beginnings of the records' names.
KNOWN = {
    ("go", "boxo reads numbers as int64"): ["sequence 2^63", "sequence 2^64-1"],
    ("go", "boxo looks at a field of the signed document only when it needs it"): [
        "no value", "no sequence", "ttl is text", "value is text", "sequence is",
    ],
    ("go", "go-ipld-prime decodes DAG-CBOR leniently"): [
        "keys by the alphabet", "two keys swapped", "one more field: a float of 16", "one more field: a float of 32",
        "one more field: undefined", "one more field: a date's tag", "one more field: text that is not UTF-8",
        "one more field, out of order",
    ],
    ("go", "Go's time.Parse takes more digits and larger offsets"): [
        "until '2123-08-14T12:17:03.6940520001Z'", "until '2123-08-14T12:17:03-23:59'", "until '2123-08-14T12:17:03+24:00'",
    ],
    ("go", "Go's protobuf skips what it does not expect"): [
        "a group", "sequence of the wrong wire type", "value of the wrong wire type", "validity type beyond 32 bits",
    ],
    ("js", "@libp2p/crypto cannot read ECDSA keys, see causes.py"): ["ecdsa "],
    ("js", "ipns takes paths only"): ["an empty value", "a value in binary"],
    ("js", "ipns knows no links in other fields"): ["one more field: a link"],
    ("js", "ipns takes an empty key for one"): ["an empty key"],
    ("js", "ipns compares the first version only where both its value and its signature are there"): [
        "of v1 only", "bit 0 of byte",
    ],
    ("js", "ipns decodes CBOR of any spelling, and looks at few fields"): [
        "no sequence", "ttl is", "sequence is", "keys by the alphabet", "two keys swapped", "a key twice",
        "an indefinite map", "a number in long spelling", "a length in long spelling", "a count in long spelling",
        "one more field: a float of 16", "one more field: a float of 32", "one more field: not a number",
        "one more field: infinity", "one more field: undefined", "one more field: text that is not UTF-8",
        "one more field, out of order",
    ],
    ("js", "timestamp-nano takes nearly any text for a time"): ["until '"],
    ("js", "protons skips what it does not expect"): ["a group", "field 0", "validity type beyond 32 bits"],
}

CORPUS = "kad-core/src/test/resources/io/kadenza/kad/record/ipns/corpus.tsv"


def records(repository):
    """(what, verdict, name, record) of each line."""
    return [line.split("\t") for line in (repository / CORPUS).read_text().splitlines()]


def compare(impls, commands, repository):
    """Prints the differences; gives how many there were whose cause is unknown, None if nobody could be asked."""
    corpus, differences, asked = records(repository), 0, 0
    for impl in impls:
        if isinstance(commands[impl], CannotRun):
            say(f"{impl}: not run, {commands[impl]}")
            continue
        peer = Peer(impl, commands[impl], f"corpus-{impl}", None)
        try:
            peer.wait_ready()
            found = differing(peer, corpus)
        except NotApplicable as reason:
            say(f"{impl}: n/a, {reason}")
            continue
        finally:
            peer.stop()
        unknown = [each for each in found if not known(impl, each[0])]
        for what, ours, theirs in unknown:
            print(f"{impl}: {what}: we say {ours}, {impl} says {theirs}")
        print(f"{impl}: of {len(corpus)} verdicts {len(found)} differ, {len(unknown)} for causes unknown")
        for (library, cause), begins in KNOWN.items():
            if library == impl:
                count = sum(what.startswith(tuple(begins)) for what, _, _ in found)
                print(f"  {count}: {cause}")
        differences, asked = differences + len(unknown), asked + 1
    return differences if asked else None


def known(impl, what):
    return any(what.startswith(tuple(begins)) for (library, _), begins in KNOWN.items() if library == impl)


def differing(peer, corpus):
    found = []
    for what, verdict, name, record in corpus:
        try:
            answer = peer.ask("name-check", name=name, record=record)
        except Failed as reason:
            answer = {"valid": False, "why": str(reason)}
        theirs = "valid" if answer["valid"] else f"invalid ({answer['why']})"
        if theirs.split()[0] != verdict:
            found.append((what, verdict, theirs))
    return found
