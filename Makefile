lock = .tools/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet --custom-compile-command 'make lock'

lock:
	$(lock) pyproject.toml --output-file requirements.txt
	$(lock) pyproject.toml --group test --constraints requirements.txt --no-annotate --output-file requirements-test.txt
	$(lock) --group node --output-file requirements-node.txt
	$(lock) --group uv --output-file requirements-uv.txt
