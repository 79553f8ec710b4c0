# docker build -t extractor .                          everything but Ray
# docker build -t extractor --build-arg EXTRAS= .      HTML, docx, PDF with text, OFD, text: the small one
# docker run --rm -v "$PWD:/work" extractor parse 年报.docx
FROM python:3.11-slim AS build
ARG EXTRAS=archive,analysis,crawl,ocr
WORKDIR /source
COPY . .
RUN python -m venv /opt/extractor \
 && /opt/extractor/bin/pip install --no-cache-dir ".${EXTRAS:+[$EXTRAS]}" \
 && cd fixtures/cases \
 && /opt/extractor/bin/extractor parse -q html-plain-2021/source.html docx-numbered/source.docx \
      pdf-ruled-2019/source.pdf > /dev/null  # keeps the regular expressions compiled, for a user who may not write

FROM python:3.11-slim
COPY --from=build /opt/extractor /opt/extractor
ENV PATH=/opt/extractor/bin:$PATH PYTHONDONTWRITEBYTECODE=1
RUN useradd --create-home reader
USER reader
WORKDIR /work
ENTRYPOINT ["extractor"]
CMD ["--help"]
