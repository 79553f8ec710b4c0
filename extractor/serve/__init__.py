"""The server for people and programs: files are uploaded, and the server shows what to do about them.

    browser, curl, R ─ guard, bodies ─▶ api, pages ─▶ jobs ─ one line ─▶ a batch, its workers
                                              └─────▶ bench ─▶ overview, review, downloads (own processes)
                                              └─────▶ corrections.jsonl, decisions.jsonl

Uploaded files are never opened in the server's own process, and nothing leaves the machine.

Read in this order: job_folder.py, jobs.py, overview.py, review.py, guard.py, app.py, run.py.
"""
