"""The server for people at a desk and for programs: files in by the browser, what is to be done out.

    browser, curl, R ─ guard, bodies ─▶ api, pages ─▶ jobs ─ one line ─▶ a batch, its workers
                                              └─────▶ bench ─▶ overview, review, downloads (own processes)
                                              └─────▶ corrections.jsonl, decisions.jsonl

Nothing from outside is opened in the server's own process, and nothing leaves the machine.

Read in this order: job_folder.py, jobs.py, overview.py, review.py, guard.py, app.py, run.py.
"""
