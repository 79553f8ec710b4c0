"""Crawls an agency's website into an archive that can be read again without the network.

    START ─ frontier ─▶ Scrapy ─ answers ─▶ judge ─ found ─▶ frontier
                                   │
                                   └─ archive: WARC files + state.sqlite ─▶ manifest.jsonl

The crawler finds and stores reports; it does not read them. judge.py classifies an answer;
leads.py, paging.py and lists/ find what to request next. They are pure functions of one answer.
consequences.py decides how far a list is followed. Requests and answers are recorded in
state.sqlite only, so that a crawl may be killed at any moment.

Read in this order: task.py, judge.py, consequences.py, state.py, archive.py, spider.py.
"""
