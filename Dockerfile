# docker build -t extractor .                          everything but Ray
# docker build -t extractor --build-arg EXTRAS= .      HTML, docx, PDF with text, OFD, text: the small one
# docker run --rm -v "$PWD:/work" extractor parse 年报.docx
FROM python:3.11-slim AS build
ARG EXTRAS=archive,analysis,crawl,ocr
WORKDIR /source
COPY . .
RUN python -m venv /opt/extractor \
 && /opt/extractor/bin/pip install --no-cache-dir ".${EXTRAS:+[$EXTRAS]}"

FROM python:3.11-slim
COPY --from=build /opt/extractor /opt/extractor
ENV PATH=/opt/extractor/bin:$PATH PYTHONDONTWRITEBYTECODE=1
RUN useradd --create-home reader
USER reader
WORKDIR /work
ENTRYPOINT ["extractor"]
CMD ["--help"]
