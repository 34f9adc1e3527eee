"""Compare coverage: two drafts of one story, then two outlets on one event."""

from __future__ import annotations

from pathlib import Path

import framing

COVERAGE = Path(__file__).parent / "coverage"


def main() -> None:
    first, final, other = (
        COVERAGE / f"pier_{name}.txt" for name in ("first_draft", "final", "other_outlet")
    )

    # Two drafts: what did the edit change?
    drafts = framing.compare(first, final)
    print("From the first draft to the final one:", drafts.counts())
    for pair in drafts.pairs:
        if pair.status == "removed" and pair.a and pair.a.label == "editorial":
            print(f"    gone: {pair.a.sentence.text}")
        if pair.relabelled and pair.a and pair.b:
            print(f"    was {pair.a.label}, is {pair.b.label}: {pair.b.sentence.text}")

    # Two outlets: hardly a sentence is shared, so look at the articles as a whole.
    outlets = framing.compare(final, other)
    print("\nmarks per 100 sentences     final    other")
    for family, (a, b) in outlets.devices().items():
        print(f"    {family:20} {a:8.0f} {b:8.0f}")
    for name, analysis in (("final", outlets.a), ("other", outlets.b)):
        profile = framing.profile_of(analysis)
        named = sum(source.source == "named" for source in profile.sources)
        print(
            f"{name}: {profile.share_editorial:.0%} editorial, {profile.share_quoted:.0%} of the"
            f" words quoted, {named} named sources"
        )

    # Many articles go into one frame, errors row by row.
    frame = framing.analyze_many([first, final, other, COVERAGE / "missing.txt"], level="documents")
    frame["document"] = [Path(name).name for name in frame["document"]]
    print(frame[["document", "judged", "editorial", "sources_named"]].to_string(index=False))
    print(f"not read: {frame['error'].notna().sum()}")


if __name__ == "__main__":
    main()
