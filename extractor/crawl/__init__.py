"""From an agency's website to an archive that can be read again without the network.

    START ─ frontier ─▶ Scrapy ─ answers ─▶ judge ─ found ─▶ frontier
                                   │
                                   └─ archive: WARC files + state.sqlite ─▶ manifest.jsonl

The crawler finds and keeps; it does not read reports. What a page is gets judged in judge.py,
where it leads in leads.py, paging.py, and lists/: pure functions of one answer.
How far a list is followed is decided in consequences.py. What was asked and what came back
lives in state.sqlite alone, so that a crawl may be killed anywhere.

Read in this order: task.py, judge.py, consequences.py, state.py, archive.py, spider.py.
"""
