// Builds what the browser needs into the web package: one stylesheet, one script, one font family.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const out = join(here, '..', 'src', 'wherewithal_web', 'static', 'build')

rmSync(out, { recursive: true, force: true })
mkdirSync(join(out, 'fonts'), { recursive: true })

const { css } = sass.compile(join(here, 'scss', 'wherewithal.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true
})
// GOV.UK's crown, crest and typeface are not ours to use: a build that lets one through must not pass.
for (const mark of ['GDS Transport', 'govuk-crest', 'footer__crown']) {
  if (css.includes(mark)) throw new Error(`the stylesheet holds "${mark}", which is not ours to use`)
}
writeFileSync(join(out, 'wherewithal.css'), css)

const govuk = join(modules, 'govuk-frontend', 'dist', 'govuk')
copyFileSync(join(govuk, 'govuk-frontend.min.js'), join(out, 'govuk-frontend.min.js'))
for (const script of ['wherewithal.js', 'screening.js']) {
  writeFileSync(join(out, script), readFileSync(join(here, 'js', script)))
}

const font = join(modules, '@fontsource-variable', 'public-sans')
for (const name of ['public-sans-latin-wght-normal.woff2', 'public-sans-latin-ext-wght-normal.woff2']) {
  copyFileSync(join(font, 'files', name), join(out, 'fonts', name))
}
copyFileSync(join(font, 'LICENSE'), join(out, 'fonts', 'LICENSE'))
