import BelayKit
import BelayWords
import SwiftUI

struct Example: View {
  @Bindable var model: GoalEditorModel

  var body: some View {
    VStack {
      TextField(model.services.words.goalsEditWhat, text: $model.title)
      Button(model.services.words.goalsEditSave) { Task { await model.save() } }
        .disabled(model.saving)
    }
  }
}
